"""Words that tell a business from a person, and a title from another."""

from typing import Final

from pipeline.normalize.text import word_set

BUSINESS_WORDS: Final = word_set(
    "academy accounting advisors advisory agency agentur alimentos analytics apotheke architects"
    " architekten artisan associates association atelier auto automotive autohaus backerei bakery"
    " bank banque bistro boutique brands brasserie brewery builders building business cafe"
    " cabinet capital care carpentry cars catering center centre centro chapel cleaning"
    " clinic clinica clinique club coffee college commerce communications company computers"
    " conseil construction consult consultants consulting consultoria contractors corporate"
    " creative credit dairy deli dental dentist design developers development diagnostics"
    " digital diner distribution dynamics electric electrical electronics energy engineering"
    " enterprise enterprises entertainment equipment estate events export farm farmacia farms"
    " fashion films finance financial firma fitness florist food foods foundation fund furniture"
    " garage gallery garden global grill grocery group groupe grupo gruppe gym hair handel hardware"
    " haus health healthcare heating holding holdings hospital hospitality hosting hotel"
    " hotels imports immobilien industrie industries industry infotech inn innovation innovations"
    " institute institut insurance interiors international investment investments ipari jewelers"
    " kanzlei kitchen klinik laboratories labs landscaping laundry lawyers legal leisure"
    " library limousine liquor logistics logistik lounge magazine maintenance management"
    " manufacturing market marketing markets massage materials meat mechanical media medical"
    " metals mobile mobility motel motors museum music network networks nursery office oil"
    " optical optik organization outlet packaging painting paper partners partnership pharma"
    " pharmacy photography physiotherapy pizza pizzeria plastics plumbing practice praxis"
    " press print printing production productions products professional projects properties"
    " property publishing pub realty recruiting recruitment rehab rentals repair research resort"
    " restaurant restaurants ristorante retail roofing salon school schule security service"
    " services shop shoes shipping society software solar solutions spa sports staffing"
    " station steakhouse steel stiftung storage store stores studio studios supermarket supplies"
    " supply support surgery syndicate systems tavern tax tech technik technologies technology"
    " telecom textiles theater theatre tire tool tools tours towing toys trade traders trading"
    " training transport transportation travel trucking trust union university upholstery"
    " utilities vehicles ventures verein verlag veterinary video warehouse watches wealth"
    " welding wellness werbeagentur werkstatt wholesale wine winery wireless woodworks works"
    " workshop yoga"
)
"""Words of the names of businesses that are seldom those of people."""

LINKING: Final = word_set("and und et y e i of the de da do des du la le les for fur")
"""Words of a company's name that tell nothing."""

_TITLE_FORMS = """
ceo chief_executive_officer chief_executive geschaftsfuhrer
cto chief_technology_officer chief_technical_officer
cfo chief_financial_officer finance_chief
coo chief_operating_officer chief_operations_officer
cmo chief_marketing_officer
cio chief_information_officer
vp vice_president vicepresident v_p
svp senior_vice_president
evp executive_vice_president
md managing_director
hr human_resources
it information_technology
pr public_relations
qa quality_assurance
rd research_and_development r_and_d
ux user_experience
"""
_TITLE_WORDS = """
sr senior
jr junior
mgr manager managers
dir director
eng engineer engineering
dev developer development
asst assistant
assoc associate
admin administrator administrative administration
exec executive
rep representative
acct account accounts
ops operations operation
mktg marketing mkt
tech technical technology technician
coord coordinator
spec specialist
svc service services
pres president
sales vertrieb ventes
ing ingenieur ingeniero
"""


def _phrases() -> dict[str, str]:
    lines = [line.split() for line in _TITLE_FORMS.strip().splitlines()]
    forms = {form.replace("_", " "): short for short, *long in lines for form in long}
    return dict(sorted(forms.items(), key=lambda pair: -len(pair[0])))


def _words() -> dict[str, str]:
    lines = [line.split() for line in _TITLE_WORDS.strip().splitlines()]
    return {word: short for short, *long in lines for word in long}


TITLE_PHRASES: Final = _phrases()
"""The short form of titles of several words, the longest first."""
TITLE_WORDS: Final = _words()
"""The short form of each word of a title that has one."""

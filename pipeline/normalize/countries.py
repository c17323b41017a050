"""Countries: the words people write for them, turned into ISO 3166 codes."""

from functools import lru_cache

from pipeline.normalize.text import fold_text

# Code, three-letter code, then names in usual languages; an underscore stands for a blank.
_WORDS = """
AE ARE united_arab_emirates uae vereinigte_arabische_emirate emirats_arabes_unis
AR ARG argentina argentinien argentine
AT AUT austria osterreich oesterreich autriche oostenrijk
AU AUS australia australien australie
BE BEL belgium belgien belgique belgie belgica belgio
BG BGR bulgaria bulgarien bulgarie
BR BRA brazil brasil brasilien bresil brasile
CA CAN canada kanada
CH CHE switzerland schweiz suisse svizzera suiza zwitserland suica
CL CHL chile chili cile
CN CHN china chine cina peoples_republic_of_china
CO COL colombia kolumbien colombie
CY CYP cyprus zypern chypre
CZ CZE czech_republic czechia tschechien republique_tcheque tchequie cesko ceska_republika
DE DEU germany deutschland allemagne alemania germania duitsland alemanha brd niemcy tyskland
DK DNK denmark danmark danemark dinamarca danimarca denemarken
DZ DZA algeria algerien algerie
EE EST estonia estland estonie eesti
EG EGY egypt agypten egypte egipto
ES ESP spain espana spanien espagne spagna spanje espanha
FI FIN finland suomi finnland finlande finlandia
FR FRA france frankreich francia frankrijk franca
GB GBR united_kingdom uk great_britain england scotland wales britain vereinigtes_konigreich
GB GBR grossbritannien royaume_uni reino_unido regno_unito verenigd_koninkrijk northern_ireland
GR GRC greece griechenland grece grecia hellas
HK HKG hong_kong hongkong
HR HRV croatia kroatien croatie hrvatska croacia
HU HUN hungary ungarn hongrie magyarorszag ungheria hungria
ID IDN indonesia indonesien indonesie
IE IRL ireland irland irlande irlanda ierland eire republic_of_ireland
IL ISR israel
IN IND india indien inde
IS ISL iceland island islande
IT ITA italy italia italien italie
JP JPN japan japon giappone
KE KEN kenya kenia
KR KOR south_korea sudkorea coree_du_sud republic_of_korea korea
LI LIE liechtenstein
LT LTU lithuania litauen lituanie lietuva
LU LUX luxembourg luxemburg lussemburgo
LV LVA latvia lettland lettonie latvija
MA MAR morocco marokko maroc marruecos
MC MCO monaco
MT MLT malta malte
MX MEX mexico mexiko mexique messico
MY MYS malaysia malaisie
NG NGA nigeria
NL NLD netherlands the_netherlands nederland niederlande pays_bas holland paises_bajos paesi_bassi
NO NOR norway norge norwegen norvege noruega norvegia noorwegen
NZ NZL new_zealand neuseeland nouvelle_zelande
PE PER peru perou
PH PHL philippines philippinen
PK PAK pakistan
PL POL poland polska polen pologne polonia
PT PRT portugal portogallo
RO ROU romania rumanien roumanie
RS SRB serbia serbien serbie srbija
RU RUS russia russland russie russian_federation rusia
SA SAU saudi_arabia saudi_arabien arabie_saoudite
SE SWE sweden sverige schweden suede suecia svezia zweden
SG SGP singapore singapur singapour
SI SVN slovenia slowenien slovenie slovenija
SK SVK slovakia slowakei slovaquie slovensko
TH THA thailand thailande
TN TUN tunisia tunesien tunisie
TR TUR turkey turkiye turkei turquie turquia turchia
TW TWN taiwan
UA UKR ukraine ucrania
US USA united_states united_states_of_america america vereinigte_staaten etats_unis estados_unidos
US USA stati_uniti verenigde_staten u_s_a u_s
UY URY uruguay
VE VEN venezuela
VN VNM vietnam viet_nam
ZA ZAF south_africa sudafrika afrique_du_sud
"""
_CODES = {
    word.lower().replace("_", " "): words[0]
    for words in map(str.split, _WORDS.strip().splitlines())
    for word in words
}


@lru_cache(maxsize=1_024)
def country_code(text: str) -> str | None:
    """Give the ISO 3166 code of a country as people write it, or None if it is not known."""
    return _CODES.get(fold_text(text))

"""Words around names of people on pages: titles, degrees, and what no name ever holds."""

from pipeline.normalize.text import word_set

PARTICLES = word_set(
    "van von vom de da del della der den di do dos das du el la le las los bin ibn al ap ter ten"
    " zu zum zur af av y e vd"
)
"""Small words inside a name."""

TITLES = word_set(
    "mr mrs ms miss mx dr prof professor herr frau hr fr sir dame lady rev reverend ing dipl mag"
    " capt hon m mme mlle madame monsieur sr sra srta senor senora dott dottssa sig dhr mevr"
)
"""What stands before a name."""

SUFFIXES = word_set(
    "jr sr ii iii iv phd md esq mba cpa dds dmd dvm rn msc bsc pe aia jd ma ba bs ms ckd cfp do"
    " dc dpm lcsw lmft ncarb leed ap pmp cfa np pac fnp aprn od faia asid gri crs cissp esquire"
    " llb llm"
)
"""What stands behind a name."""

STATES = word_set(
    "alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii"
    " idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan"
    " minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania"
    " tennessee texas utah vermont wisconsin wyoming ontario quebec alberta manitoba saskatchewan"
    " queensland tasmania yorkshire lancashire kent essex sussex surrey cornwall devon dorset"
    " norfolk suffolk cheshire bayern hessen sachsen"
)
"""States and counties that end the name of a place: ``Jackson, Wisconsin``."""

PLACES = word_set("san santa los las el fort saint hong kuala rio sao buenos den cape tel palm")
"""What the names of places begin with."""

NEVER = word_set(
    """
    about account address adresse africa ag agency all america american and annual anschrift
    appointment apr areas associates association atlantic attractions aug australia auto ave
    avenue back bank bath bathroom bay beach best blog blvd board book boulevard box building
    business buy bv cafe call canada car care careers cars cart cell center central centre
    chamber checkout china christmas church city click clinic club co college committee
    community company conditions contact cookie cookies cooling copyright corp corporate county
    creek customer data day days deals dec december delivery dental department design details
    directions directory download drive e-mail east eastern education email emergency england
    english enquiries enterprises equipment estate eu europe european events experience facebook
    fact falls family faq fax feb february find first fitness floor follow for fort foundation
    france free fri friday from gallery general germany get give gmbh google great group grove
    guard guards hall headquarters health heating heights help here hill hills holiday home
    hospital hotel hours house how impressum in inc india industries info information inn
    instagram insurance international ireland is island islands italy january japan jersey job
    jobs join jul july kg kingdom kitchen kontakt lake lane last latest law learn legal limited
    linkedin links llc llp location locations login ltd mail main management manager managers
    map march marketing media medical meet member members menu message mexico mission mobile
    monday more mount mountain my national new news newsletter next north nov november number nv
    oct october of offer offers office offices on online open opening order orders our pacific
    packages page park partners parts party pay people phone pinterest pizza place plc please
    plumbing po point policy port portfolio post practice press previous privacy private
    products profile program projects property pty public quality questions quick quote quotes
    rd read real repair report request research reserved resort resources restaurant returns
    rights river road roofing sa safety sales salon sat saturday school scotland search security
    see send sept september service services sheet shipping shop sign site sitemap sites social
    software solutions south spa spain special specials spring springs square st staff standard
    state states store strasse straße street subscribe suite sun sunday supplier suppliers
    supply support systems team technology tel telefon telephone terms testimonials the this thu
    thursday time to toll top tours town training truck tue tuesday twitter uk unit united
    university us usa use vacation valley value view village visit wales web website wed
    wednesday welcome west western what why winter wishlist with work write york you your
    youtube zealand
    """
)
"""Words of headings, menus, places and firms. A name that holds one of them is not believed."""

TRADES = word_set("baker carpenter farmer gardener driver dean priest pastor rector head tailor")
"""Trades that are surnames too."""

STATE_CODES = word_set(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM"
    " NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY ON QC BC AB MB SK NSW VIC QLD TAS"
)
"""States that end an address."""

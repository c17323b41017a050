"""Words of addresses in many languages, each with the one short form that stands for it."""

from typing import Final

from pipeline.normalize.text import word_set

# The form that is kept comes first; the words that mean it follow.
_KINDS_OF_STREET = """
st street str strasse strase strt stret streets sts
ave avenue av aven avenu aveune avn
blvd boulevard blv bld bvd boul boulv bulevar bulvar bulv bul
rd road
dr drive drv
ln lane
ct court crt
pl place plaza plz platz plac pza praca pca piazza pzza plein
sq square sqr
ter terrace terr tce
cir circle circ circuit crct cct
cres crescent crsnt cr crs
pkwy parkway pkway pky pk
hwy highway hiway hway
trl trail tr
way wy
aly alley allee alle
cl close
cv cove
gdns gardens garden gdn grdns
gr grove grv
hts heights
pt point
rdg ridge
xing crossing
expy expressway
fwy freeway
tpke turnpike
mews
row
walk wlk
hill hl hls hills
esp esplanade
pde parade
vw view
rte route rt
calle c cl cll carrer carretera ctra
rua r
rue
chemin ch chem
quai
impasse imp
via v viale vle
corso cso
vicolo vic
largo lgo
travessa tv
rodovia rod
alameda al
avenida avda
paseo pso
ronda rda
ul ulica ulitsa
al aleja aleje
os osiedle
cad cadde caddesi
sok sokak sokagi sk
mah mahalle mahallesi
weg
gasse g
ring
damm
ufer
laan ln
straat
gracht
kade
gata gatan gatu
vej
vagen vag
katu
tie
utca u
namesti nam
"""
_DIRECTIONS = """
n north nord norte
s south sud sur sul
e east ost est este
w west ouest oeste
ne northeast
nw northwest
se southeast
sw southwest
"""
_ORDINALS = """
1 first
2 second
3 third
4 fourth
5 fifth
6 sixth
7 seventh
8 eighth
9 ninth
10 tenth
11 eleventh
12 twelfth
13 thirteenth
14 fourteenth
15 fifteenth
16 sixteenth
17 seventeenth
18 eighteenth
19 nineteenth
20 twentieth
"""
_OTHER = """
saint ste sankt sant santo santa sao
mount mt
fort ft
centre center cntr ctr centro zentrum
vlg village vlge
retrmnt retirement
bldg building
"""


def _table(*tables: str) -> dict[str, str]:
    short: dict[str, str] = {}
    for line in "".join(tables).split("\n"):
        if not line:
            continue
        kept, *others = line.split()
        for word in (kept, *others):
            short.setdefault(word, kept)
    return short


SHORT: Final = _table(_KINDS_OF_STREET, _DIRECTIONS, _ORDINALS, _OTHER)
"""The kept form of each word that has several."""
KINDS: Final = frozenset(_table(_KINDS_OF_STREET).values())
"""The kept forms that say what kind of street it is, or none."""
LIGHT: Final = KINDS | frozenset(_table(_DIRECTIONS).values())
"""Words too common to tell a street by."""
JOINED: Final = (
    *("strasse", "street", "straat", "avenue", "circuit", "crescent", "gracht", "parkway"),
    *("terrace", "gatan", "allee", "place", "drive", "close", "court", "gasse", "platz"),
    *("plein", "kade", "laan", "road", "lane", "katu", "utca", "str", "weg"),
)
"""Endings that are the kind of a street, written as one word with its name."""
FILLERS: Final = word_set(
    "an and at by between near off corner the de da do dos das del della dei di du des d la le"
    " les los las el of in im am an der den dem zum zur vor van von no nr num numero number"
)
"""Words that are no part of a street's name."""
UNITS: Final = word_set(
    "apartment apt apmnt apmt appt app flat fl unit unt suite ste room rm floor flr etage wohnung"
    " whg top piso planta puerta int interno interior bloco bloc bl apto ap depto lot kat daire box"
    " bus level lvl stiege tur m lok lokal po pobox"
)
"""Words before the number of a flat."""
FLOORS: Final = word_set("floor fl flr etage og stock piso planta andar kat level lvl kerros")
"""Words behind the number of a floor."""
COUNTRY_MARKS: Final = word_set("d a ch f b nl i e pl dk s fi l de at")
"""Letters of countries before a postcode: D-10115."""

_REGIONS = """
AL alabama AK alaska AZ arizona AR arkansas CA california CO colorado CT connecticut DE delaware
FL florida GA georgia HI hawaii ID idaho IL illinois IN indiana IA iowa KS kansas KY kentucky
LA louisiana ME maine MD maryland MA massachusetts MI michigan MN minnesota MS mississippi
MO missouri MT montana NE nebraska NV nevada NH new_hampshire NJ new_jersey NM new_mexico
NY new_york NC north_carolina ND north_dakota OH ohio OK oklahoma OR oregon PA pennsylvania
RI rhode_island SC south_carolina SD south_dakota TN tennessee TX texas UT utah VT vermont
VA virginia WA washington WV west_virginia WI wisconsin WY wyoming DC district_of_columbia
NSW new_south_wales QLD queensland VIC victoria TAS tasmania ACT australian_capital_territory
ON ontario QC quebec BC british_columbia AB alberta MB manitoba SK saskatchewan NS nova_scotia
NB new_brunswick NL newfoundland_and_labrador PE prince_edward_island
"""


def _regions() -> dict[str, str]:
    words = _REGIONS.split()
    pairs = zip(words[::2], words[1::2], strict=True)
    return {name.replace("_", " "): code.lower() for code, name in pairs}


REGIONS: Final = _regions()
"""The short form of each state or province that is usually shortened."""
STATES: Final = frozenset(REGIONS.values())
"""The short forms of states and provinces."""

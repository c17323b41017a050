"""Where the demonstration's invented people live: names, towns and telephone ranges of 8 countries.

The telephone ranges are those the regulators reserve for fiction (Ofcom, BNetzA, ARCEP, PTS, ACMA,
NANPA's 555-01xx). Spain and the Netherlands reserve none: there, the subscriber's part begins
with a zero, which no exchange assigns. libphonenumber calls all of them valid.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Country:
    """A country as a sales team's lists know it. In ``phones``, each # stands for a digit."""

    code: str
    weight: int
    spellings: tuple[str, ...]
    calling_code: str
    trunk: str
    landlines: tuple[str, ...]
    mobiles: tuple[str, ...]
    given_names: tuple[str, ...]
    surnames: tuple[str, ...]
    trades: tuple[str, ...]
    legal_forms: tuple[str, ...]
    titles: tuple[str, ...]
    towns: tuple[tuple[str, str], ...]
    street: str


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(","))


def _towns(text: str) -> tuple[tuple[str, str], ...]:
    pairs = (town.strip().rsplit(" @", 1) for town in text.split(","))
    return tuple((name, postcode) for name, postcode in pairs)


COUNTRIES = (
    Country(
        code="GB",
        weight=22,
        spellings=_words("United Kingdom, UK, GB, Great Britain, England"),
        calling_code="44",
        trunk="0",
        landlines=_words("020 7946 0###, 0161 496 0###, 0121 496 0###, 0131 496 0###"),
        mobiles=_words("0117 496 0###, 0191 498 0###"),
        given_names=_words(
            "Oliver, Amelia, George, Isla, Harry, Ava, Jack, Freya, Thomas, Grace, Edward, Poppy,"
            "William, Charlotte, Callum, Fiona, Rhys, Megan, Priya, Imran"
        ),
        surnames=_words(
            "Smith, Jones, Taylor, Brown, Williams, Davies, Evans, Walker, Wright, Robinson,"
            "Thompson, Hughes, Edwards, Green, Patel, O'Connor, MacDonald, Fletcher, Harding,"
            "Whitfield, Ashworth, Pemberton, Khan, Barlow"
        ),
        trades=_words("Freight, Joinery, Marine Supplies, Foods, Consulting, Engineering"),
        legal_forms=_words("Ltd, Limited, & Sons, LLP"),
        titles=_words("Managing Director, Head of Purchasing, Office Manager, Sales Director"),
        towns=_towns("London @EC3R 6EN, Manchester @M3 4EN, Bristol @BS1 4RW, Leith @EH6 6QU"),
        street="{} Quay Street",
    ),
    Country(
        code="DE",
        weight=22,
        spellings=_words("Germany, DE, Deutschland, Allemagne"),
        calling_code="49",
        trunk="0",
        landlines=_words("030 23125 ###, 040 66969 ###, 0221 4710 ###, 089 99998 ###"),
        mobiles=_words("0176 040690 ##, 0171 39200 ##, 0152 28817 ###"),
        given_names=_words(
            "Jürgen, Anna, Björn, Käthe, Matthias, Sophie, Günter, Ulrike, Lukas, Hannah, Jörg,"
            "Bärbel, Felix, Marlene, Karl-Heinz, Aylin, Sebastian, Katharina, Till, Wiebke"
        ),
        surnames=_words(
            "Müller, Schmidt, Schneider, Weiß, Köhler, Schäfer, Böhm, Jäger, Krüger, Groß,"
            "Lüdemann, Petersen, Hoffmann, Vogel, Brandt, Öztürk, von der Heide, Möller,"
            "Claußen, Grünwald, Sander, Thießen, Wagner, Bäcker"
        ),
        trades=_words("Bau, Logistik, Schiffstechnik, Elektro, Feinkost, Maschinenbau, Büromöbel"),
        legal_forms=_words("GmbH, GmbH & Co. KG, AG, e.K."),
        titles=_words("Geschäftsführung, Einkaufsleitung, Vertrieb, Assistenz"),
        towns=_towns("Hamburg @20457, Köln @50667, München @80331, Lübeck @23552, Berlin @10115"),
        street="Hafenstraße {}",
    ),
    Country(
        code="US",
        weight=16,
        spellings=_words("United States, USA, US, U.S.A."),
        calling_code="1",
        trunk="",
        landlines=_words("(212) 555-01##, (312) 555-01##, (206) 555-01##, (617) 555-01##"),
        mobiles=_words("(415) 555-01##, (512) 555-01##, (303) 555-01##, (503) 555-01##"),
        given_names=_words(
            "James, Mary, Robert, Jennifer, Michael, Linda, David, Elizabeth, Bill, Barbara,"
            "Joseph, Susan, Tyrone, Jessica, Carlos, Karen, Daniel, Nancy, Wei, Latoya"
        ),
        surnames=_words(
            "Johnson, Garcia, Miller, Davis, Rodriguez, Martinez, Anderson, Moore, Jackson,"
            "Martin, Lee, Harris, Clark, Lewis, Young, Nguyen, Campbell, Rivera, Carter, Reyes,"
            "Stewart, Kim, Ramirez, Brooks"
        ),
        trades=_words("Logistics, Hardware, Outfitters, Seafood, Software, Packaging, Solar"),
        legal_forms=_words("Inc., LLC, Corp., Co."),
        titles=_words("CEO, VP Sales, Procurement Manager, Owner, Operations Lead"),
        towns=_towns("New York @10004, Chicago @60601, Seattle @98101, Boston @02110"),
        street="{} Harbor Avenue",
    ),
    Country(
        code="FR",
        weight=11,
        spellings=_words("France, FR, Frankreich"),
        calling_code="33",
        trunk="0",
        landlines=_words("01 99 00 ## ##, 02 61 91 ## ##, 03 53 01 ## ##"),
        mobiles=_words("04 65 71 ## ##, 05 36 49 ## ##"),
        given_names=_words(
            "François, Hélène, Jérôme, Chloé, Étienne, Camille, Loïc, Anaïs, Benoît, Élodie,"
            "Jean-Pierre, Marie-Claude, Gaël, Zoé, Rémi, Noëlle"
        ),
        surnames=_words(
            "Dubois, Lefèvre, Garnier, Béranger, Moreau, Chauvel, Gauthier, Prévost, Lemaître,"
            "Rousseau, D'Aubigné, Fontaine, Mercier, Hervé, Le Goff, Châtelain"
        ),
        trades=_words("Transports, Vins, Menuiserie, Électricité, Conseil, Emballages"),
        legal_forms=_words("SARL, SAS, SA, & Fils"),
        titles=_words("Direction générale, Responsable achats, Gérance, Ventes"),
        towns=_towns("Paris @75011, Nantes @44000, Le Havre @76600, Marseille @13002"),
        street="{} quai de la Fosse",
    ),
    Country(
        code="NL",
        weight=9,
        spellings=_words("Netherlands, NL, Nederland, Holland"),
        calling_code="31",
        trunk="0",
        landlines=_words("010 000 ####, 020 000 ####"),
        mobiles=_words("030 000 ####"),
        given_names=_words(
            "Jan, Sanne, Daan, Lotte, Pieter, Femke, Bram, Anouk, Joost, Marijke, Renée, Thijs"
        ),
        surnames=_words(
            "de Vries, van den Berg, Jansen, Bakker, Visser, Smit, Meijer, de Boer, Mulder,"
            "van Dijk, Zeeman, Hoekstra"
        ),
        trades=_words("Bloemen, Transport, Scheepsbouw, Techniek, Koffie"),
        legal_forms=_words("B.V., N.V., VOF"),
        titles=_words("Directeur, Inkoper, Accountmanager, Eigenaar"),
        towns=_towns("Rotterdam @3011 AA, Amsterdam @1012 JS, Utrecht @3511 LX"),
        street="Havenkade {}",
    ),
    Country(
        code="SE",
        weight=7,
        spellings=_words("Sweden, SE, Sverige, Schweden"),
        calling_code="46",
        trunk="0",
        landlines=_words("08-465 004 ##, 031-390 06 ##, 040-628 04 ##"),
        mobiles=_words("070-174 06 ##"),
        given_names=_words(
            "Åsa, Erik, Märta, Göran, Linnéa, Björn, Elin, Håkan, Saga, Östen, Maja, Nils"
        ),
        surnames=_words(
            "Andersson, Lindström, Sjöberg, Nyström, Åkesson, Bergqvist, Öhman, Hägg, Lundgren,"
            "Ekström, Wallin, Söderberg"
        ),
        trades=_words("Bygg, Fisk, Verkstad, Design, Energi"),
        legal_forms=_words("AB, HB, & Co AB"),
        titles=_words("VD, Inköpschef, Säljare, Projektledare"),
        towns=_towns("Göteborg @411 04, Malmö @211 20, Stockholm @111 30"),
        street="Sjögatan {}",
    ),
    Country(
        code="ES",
        weight=7,
        spellings=_words("Spain, ES, España, Spanien"),
        calling_code="34",
        trunk="",
        landlines=_words("910 00# ###, 930 00# ###"),
        mobiles=_words("600 000 ###"),
        given_names=_words(
            "José, María, Íñigo, Lucía, Ramón, Begoña, Andrés, Inés, Joaquín, Sofía, Álvaro, Nuria"
        ),
        surnames=_words(
            "Núñez, García López, Fernández, Ibáñez, Peña, Martín Ruiz, Sánchez, Vázquez, Ortega,"
            "Muñoz, Delgado, Castaño"
        ),
        trades=_words("Conservas, Transportes, Cerámica, Aceites, Náutica"),
        legal_forms=_words("S.L., S.A., Hermanos"),
        titles=_words("Dirección comercial, Gerente, Compras, Administración"),
        towns=_towns("Madrid @28014, Barcelona @08003, Bilbao @48001, Cádiz @11006"),
        street="Paseo del Puerto {}",
    ),
    Country(
        code="AU",
        weight=6,
        spellings=_words("Australia, AU, AUS"),
        calling_code="61",
        trunk="0",
        landlines=_words("(02) 5550 ####, (03) 5550 ####, (07) 5550 ####"),
        mobiles=_words("0491 570 1##, 0491 571 ###"),
        given_names=_words(
            "Lachlan, Matilda, Cooper, Ruby, Angus, Sienna, Hamish, Zara, Bruce, Kylie, Minh"
        ),
        surnames=_words(
            "Kelly, Ryan, Murphy, Tran, Hughes, O'Brien, Wilson, Costa, Mitchell, Fraser, Singh,"
            "Doyle"
        ),
        trades=_words("Mining Services, Surf, Wines, Transport, Timber"),
        legal_forms=_words("Pty Ltd, Pty. Limited"),
        titles=_words("Director, Buyer, State Manager, Bookkeeper"),
        towns=_towns("Sydney @2000, Melbourne @3004, Brisbane @4000, Fremantle @6160"),
        street="{} Wharf Road",
    ),
)

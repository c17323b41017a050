"""Names of companies: shown as published, compared without their legal form."""

import re

from pipeline.normalize.text import fold_text, normalize_text, word_set

_LEGAL_FORMS = word_set(
    "ab ag aktiengesellschaft aps as asa bhd bv bvba co company corp corporation cv doo eg eirl"
    " ek ev eurl fzco gbr gesellschaft gmbh gmbhco inc incorporated kft kg kgaa kk lda limitada"
    " limited llc llp lp ltd ltda mbh nv ohg oo ooo oy oyj pc plc private pjsc pllc pt pte pty"
    " pvt sa sab sarl sas sasu sca scs se sl slu snc spa spol spzoo srl sro sti ug unltd vof zrt"
)
_TRAILING = _LEGAL_FORMS | {"und", "and", "i", "cie", "the", "z", "sp", "o", "de"}
_NATIVE_FORMS = re.compile(
    "株式会社|有限会社|合同会社|有限责任公司|股份有限公司|有限公司|주식회사|㈜|（株）|\\(株\\)"
    "|\\b(?:ООО|ОАО|ЗАО|ПАО|АО|ИП|ТОВ|ЕООД|ООД)\\b"
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_ABBREVIATION = re.compile(r"(?<=\b\w)[./](?=\w\b)|(?<=\w)\.(?=\s|$|,)")


def normalize_company(text: str) -> str:
    """Give a company's name cleaned; spelling and legal form stay as published."""
    return normalize_text(text)


def has_legal_form(text: str) -> bool:
    """Whether a name ends, or begins, with a legal form such as ``Ltd`` or ``GmbH``."""
    words = fold_text(_join_abbreviations(text)).split()
    several = len(words) > 1 and (words[-1] in _LEGAL_FORMS or words[0] in {"ooo", "gmbh"})
    return several or not (text.isascii() or _NATIVE_FORMS.search(text) is None)


def company_key(text: str) -> str:
    """Give a company's name folded, without legal form, brackets or leading article.

    A name made of nothing else keeps all its words; a name without letters or digits gives "".
    """
    bare = text if text.isascii() else _NATIVE_FORMS.sub(" ", text)
    bare = _IN_BRACKETS.sub(" ", bare) if "(" in bare else bare
    words = fold_text(_join_abbreviations(bare).replace("&", " and ")).split()
    kept = words[1:] if words[:1] == ["the"] else words
    end = len(kept)
    while end and kept[end - 1] in _TRAILING:
        end -= 1
    if not set(kept[end:]) & _LEGAL_FORMS:
        end = len(kept)
    start = 1 if end > 1 and kept[0] in {"ooo", "gmbh", "pt"} else 0
    return " ".join(kept[start:end]) or " ".join(words) or fold_text(text)


def _join_abbreviations(text: str) -> str:
    """Give ``S.r.l.`` as ``Srl``."""
    return _ABBREVIATION.sub("", text) if "." in text or "/" in text else text

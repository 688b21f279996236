"""Names of firms and people as duplicates see them: what carries meaning, without the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from crm_desktop.domain.pasted_words import SURNAMES
from crm_desktop.domain.pinyin import syllables
from crm_desktop.domain.pinyin_names import COMPOUND_SURNAMES
from crm_desktop.domain.text import clean_name, fold

_BRACKETS = re.compile(r"[(（\[【〔].*?[)）\]】〕]")
_NOT_LETTERS = re.compile(r"[\W_]+")
# Legal forms, the longest first; taken from the end, one after another.
_FORMS_ZH = re.compile(
    "(?:集团股份有限责任公司|集团股份有限公司|集团有限责任公司|集团有限公司|股份有限责任公司|"
    "股份有限公司|有限责任公司|股份合作公司|有限公司|普通合伙企业|有限合伙企业|有限合伙|普通合伙|"
    "股份公司|总公司|分公司|子公司|公司|集团|股份|有限|个人独资企业|个体工商户)$"
)
_FORMS_EN_WORDS = (
    "ltd limited llc llp lp inc incorporated corp corporation co company gmbh ag kg ohg ug "
    "mbh sa sas sarl srl spa bv nv oy ab as aps plc pte pty pvt private kk sdn bhd ooo zao "
    "group holding holdings doo zoo sp kft spol sro "
)
_FORMS_EN = frozenset(_FORMS_EN_WORDS.split())
_TITLES_ZH_WORDS = (
    "董事长 总经理 副总经理 经理 主任 总监 主管 总裁 副总 厂长 店长 校长 院长 处长 科长 "
    "局长 部长 所长 行长 队长 组长 班长 站长 书记 秘书 助理 会计 出纳 老板 老板娘 老师 "
    "教授 博士 医生 大夫 护士 律师 工程师 师傅 先生 女士 小姐 太太 夫人 同学 工 总 董 局 "
    "处 科 姐 哥 叔 姨 师 老 "
)
_TITLES_ZH = _TITLES_ZH_WORDS.split()
_LONG_TITLES = sorted((title for title in _TITLES_ZH if len(title) > 1), key=len, reverse=True)
_SHORT_TITLES = frozenset(title for title in _TITLES_ZH if len(title) == 1)
_BEFORE_ZH = frozenset("小老阿")
_TITLES_EN_WORDS = (
    "mr mrs ms miss mx dr prof professor sir madam herr frau dipl ing dipl-ing doctor"
)
_TITLES_EN = frozenset(_TITLES_EN_WORDS.split())
_BEFORE_EN = re.compile(f"(?:{'|'.join(_TITLES_EN)})[. ]", re.IGNORECASE)
_LAST_SIGNS = frozenset((*(title[-1] for title in _LONG_TITLES), ")", "）"))
_AFTER_EN_WORDS = "jr sr phd md mba esq ii iii iv"
_AFTER_EN = frozenset(_AFTER_EN_WORDS.split())
_SURNAME_LENGTH = 1
_FORMS_OF_ADDRESS = frozenset(
    (
        "先生",
        "女士",
        "小姐",
        "太太",
        "夫人",
        "老师",
        "师傅",
        "同学",
        "老板",
        "老板娘",
        "博士",
        "大夫",
    )
)
_ADDRESSED = frozenset("总董工局处姐哥")
"""Behind a surname alone these are how somebody is addressed; 李科 may be a name."""
_NOT_GIVEN = frozenset("老大副")
_PARENS = re.compile(r"\s*[(（]([^()（）]{1,12})[)）]\s*$")


@cache
def _compounds() -> frozenset[str]:
    return frozenset(entry[:2] for entry in COMPOUND_SURNAMES.split())


@lru_cache(maxsize=16384)
def company_key(name: str) -> str:
    """What two spellings of one firm have in common: no legal form, brackets, signs, case.

    恒远精密机械（苏州）有限公司 and 恒远精密机械 are alike; a name of nothing else stays whole.
    """
    folded = fold(name)
    without = _BRACKETS.sub(" ", folded)
    words = _NOT_LETTERS.sub(" ", without.replace("&", " and ").replace(".", "")).split()
    while len(words) > 1 and (words[-1] in _FORMS_EN or words[-1] == "and"):
        words.pop()
    key = "".join(words)
    shorter = _FORMS_ZH.sub("", key)
    while len(shorter) > 1 and shorter != key:
        key, shorter = shorter, _FORMS_ZH.sub("", shorter)
    return key or _NOT_LETTERS.sub("", folded)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name and the form of address that stood with it."""

    name: str
    title: str = ""


def split_title(text: str) -> PersonName:
    """张伟经理 → 张伟 + 经理, 张总 → 张 + 总, Dr. Müller → Müller + Dr."""
    name = clean_name(text)
    if (found := _PARENS.search(name)) and _is_title(found[1]):
        return PersonName(name[: found.start()], found[1])
    if name.isascii() or " " in name:
        return _split_words(name)
    for title in _LONG_TITLES:
        rest = name.removesuffix(title)
        if rest != name and rest:
            return PersonName(rest, title)
    rest, last = name[:-1], name[-1:]
    surname_alone = len(rest) == _SURNAME_LENGTH or rest in _compounds()
    if last in _SHORT_TITLES and surname_alone and rest not in _BEFORE_ZH:
        return PersonName(rest, last)
    return _split_words(name)


def without_title(text: str) -> tuple[PersonName, str]:
    """A full name without the title in it, and the field the title is for: title or salutation.

    张伟经理 → 张伟, 经理, "title"; Dr. Anna Müller → Anna Müller, Dr., "salutation". A surname
    alone (张总) stays as it is, for nothing better is known, and so does what may be a name (李科).
    """
    whole = PersonName(text)
    if text[-1:] not in _LAST_SIGNS and not _BEFORE_EN.match(text):  # nearly all names
        return whole, ""
    found = split_title(text)
    if not found.title or len(found.title) < 2:
        return whole, ""
    if found.title in _TITLES_ZH:
        if len(found.name) <= _SURNAME_LENGTH or found.name in _compounds():
            return whole, ""
        return found, "salutation" if found.title in _FORMS_OF_ADDRESS else "title"
    before = all(fold(word).replace(".", "") in _TITLES_EN for word in found.title.split())
    return (found, "salutation") if before and " " in found.name else (whole, "")


def form_of_address(text: str) -> str:
    """What is only a surname with how its bearer is addressed: 张总, 李经理, 欧阳老师; else ""."""
    for title in _LONG_TITLES:
        rest = text.removesuffix(title)
        if rest != text and _is_surname(rest):
            return text
    return text if text[-1:] in _ADDRESSED and _is_surname(text[:-1]) else ""


def addressed(text: str) -> PersonName | None:
    """A full name with 总 behind it, and how its bearer is addressed: 张伟总 → 张伟, 张总."""
    surname = text[:2] if text[:2] in _compounds() else text[:1]
    given = text[len(surname) : -1]
    if text[-1:] != "总" or not _is_surname(surname) or not 1 <= len(given) <= 2:
        return None
    if not given.isalpha() or given.isascii() or given[0] in _NOT_GIVEN:
        return None
    return PersonName(text[:-1], f"{surname}总")


def _is_surname(text: str) -> bool:
    return text in SURNAMES or text in _compounds()


def _is_title(text: str) -> bool:
    return text in _TITLES_ZH or fold(text).rstrip(".") in _TITLES_EN


def _split_words(name: str) -> PersonName:
    words = name.split()
    before: list[str] = []
    while len(words) > 1 and fold(words[0]).replace(".", "") in _TITLES_EN:
        before.append(words.pop(0))
    after: list[str] = []
    while len(words) > 1 and fold(words[-1]).replace(".", "") in _AFTER_EN:
        after.insert(0, words.pop())
    if len(words) > 1 and words[-1] in _TITLES_ZH:
        after.insert(0, words.pop())
    return PersonName(" ".join(words).rstrip(","), " ".join([*before, *after]))


def person_key(name: str) -> str:
    """A person's name for comparing: no title, case, accents or signs; Latin words in order."""
    words = _NOT_LETTERS.sub(" ", fold(split_title(name).name)).split()
    return "".join(words) if not all(map(str.isascii, words)) else " ".join(sorted(words))


def sound_key(name: str, own_reading: str | None = None) -> str:
    """The usual pinyin in one piece, for finding candidates: 张伟, 章伟 and Zhang Wei are alike."""
    ways = [ways[0] for ways in syllables(split_title(name).name, own_reading)]
    return "".join(ways)


def similarity(first: str, second: str) -> float:
    """How alike two keys are, from 0 to 100; compare candidates of one block only."""
    from rapidfuzz import fuzz  # needed for duplicates only

    if first == second:
        return 100.0 if first else 0.0
    if not first.isascii() and not second.isascii():
        return float(fuzz.ratio(first, second))
    return float(max(fuzz.ratio(first, second), fuzz.token_sort_ratio(first, second)))


def nearest(word: str, keys: Mapping[int, str], least: float) -> int | None:
    """The id of the key most like `word`, at least `least` per cent; None where none is."""
    from rapidfuzz import fuzz, process  # where a name is not found only

    found = process.extractOne(word, keys, scorer=fuzz.ratio, score_cutoff=least)
    return None if found is None else int(found[2])

"""The words people write above their columns, from one data file, looked up in any spelling."""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from dataclasses import dataclass

from crm_desktop import paths
from crm_desktop.exchange.mapping.header_units import header_unit

_DROPPED = re.compile(r"[\s_\-./\\:：*＊#·、,，'’\"“”?？!！|]+")
_BRACKETS = re.compile(r"[(（\[【<《{][^)）\]】>》}]*[)）\]】>》}]")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_TAIL_NUMBER = re.compile(r"(?:\d{1,2}|[一二三])$|(?<=[a-z])\d{1,2}(?=value$|type$|label$)")
_OWNERS = (
    ("联系人", "person"),
    ("联络人", "person"),
    ("contact", "person"),
    ("person", "person"),
    ("公司", "company"),
    ("企业", "company"),
    ("单位", "company"),
    ("company", "company"),
    ("account", "company"),
    ("客户", "any"),
    ("customer", "any"),
    ("client", "any"),
    ("billing", "any"),
    ("mailing", "any"),
    ("business", "any"),
    ("产品", "product"),
    ("product", "product"),
    ("报价单", "paper"),
    ("报价", "paper"),
    ("quote", "paper"),
    ("quotation", "paper"),
    ("合同", "paper"),
    ("contract", "paper"),
)
NUMBER_OF = {
    "id": "code",
    "accountid": "company",
    "companyid": "company",
    "contactid": "person",
    "primarycontact": "person",
    "primarycontactid": "person",
}
"""What numbers of another program's tables stand for: the record itself, or one it goes with."""
_LONGEST = 100
"""A longer text is no header, but a note that stands among the first rows."""
_SHORTEST_ENDING = 5
"""In Latin letters; one Chinese character counts as three."""


# The traditional forms of the characters that stand in the data file.
_SIMPLIFIED = str.maketrans(
    "丟來個備傳價優兌兒內冊別創劃動務匯區協參員問啓啟單國團執報塊實審對屬崗帳幣庫廠廢彙後復愛態"
    "憑應戶採據擬擾敗數時曆會條業構標樣機檔歷歸決準溝滿營爭狀獲現產畢當發盤確碼禮稅種稱競簡簽籤"
    "約納級細終組結絕絡統綁經維網緊線編縣總織聯職臺興薦處號裏補裝裡複規觸訂計訊訓記訪設訴評詞話"
    "詳認誕語說説調談請諱諾謂證識議負貨責買費賓質賬購贏輸轄轉辦農進運過遞郵銀銜銷鋪錄録鍵長門閉"
    "開間關陰陽階際險電響頁項預頭題額類顧風飲饋騰驗點註",
    "丢来个备传价优兑儿内册别创划动务汇区协参员问启启单国团执报块实审对属岗帐币库厂废汇后复爱态"
    "凭应户采据拟扰败数时历会条业构标样机档历归决准沟满营争状获现产毕当发盘确码礼税种称竞简签签"
    "约纳级细终组结绝络统绑经维网紧线编县总织联职台兴荐处号里补装里复规触订计讯训记访设诉评词话"
    "详认诞语说说调谈请讳诺谓证识议负货责买费宾质账购赢输辖转办农进运过递邮银衔销铺录录键长门闭"
    "开间关阴阳阶际险电响页项预头题额类顾风饮馈腾验点注",
)


@dataclass(frozen=True, slots=True)
class Match:
    """What a header may mean: targets in order of the data file, and how exactly it was met."""

    targets: tuple[str, ...] = ()
    exact: bool = False


def normalised(header: str) -> str:
    """One form for "E-mail Address", "emailAddress" and "email_address", for 電話 and 电话."""
    text = unicodedata.normalize("NFKC", header).translate(_SIMPLIFIED)
    return _DROPPED.sub("", _CAMEL.sub(" ", text).lower())


@functools.cache
def data() -> dict[str, list[str]]:
    """The data file: key → words."""
    file = paths.shipped("resources") / "synonyms.json"
    words: dict[str, list[str]] = json.loads(file.read_text(encoding="utf-8"))
    return words


@functools.cache
def _index() -> dict[str, tuple[str, ...]]:
    index: dict[str, list[str]] = {}
    for key, words in data().items():
        if not key.startswith(("kind.", "list.", "state")):
            for word in words:
                keys = index.setdefault(normalised(word), [])
                if key not in keys:
                    keys.append(key)
    return {word: tuple(keys) for word, keys in index.items()}


@functools.lru_cache(maxsize=2048)
def match(header: str) -> Match:
    """What the words of a header may mean; no targets where they are unknown."""
    if len(header) > _LONGEST:
        return Match()
    index = _index()
    whole = normalised(header)
    if whole in index:
        return Match(index[whole], exact=True)
    bare = normalised(_BRACKETS.sub("", unicodedata.normalize("NFKC", header)))
    unit = header_unit(header)  # 单价/元, Amount in k€
    if unit is not None and normalised(unit[0]) in index:
        return Match(index[normalised(unit[0])], exact=True)
    spellings = [bare, _TAIL_NUMBER.sub("", whole), _TAIL_NUMBER.sub("", bare)]
    for spelling in spellings:
        if spelling in index:
            return Match(index[spelling], exact=True)
    for spelling in spellings:
        for word, owner in _OWNERS:
            rest = spelling.removeprefix(word)
            if rest != spelling and rest in index:
                return Match(_owned(owner, index[rest]), exact=True)
    return Match(_by_ending(_BRACKETS.sub("", header)))


def _owned(owner: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    """公司 + 电话 is the company's phone, whatever a bare 电话 would be."""
    if owner == "any":
        return keys
    own = [f"{owner}.{key.partition('.')[2]}" for key in keys if key.startswith(("any.", owner))]
    if owner == "paper":  # 合同金额 may stand above an opportunity's amount too
        return tuple(dict.fromkeys((*own, *keys)))
    return tuple(own) or keys


def _by_ending(header: str) -> tuple[str, ...]:
    """The longest known words that the header ends with, or a Chinese one begins with."""
    index = _index()
    parts = _parts(header)
    for start in range(1, len(parts)):
        ending = normalised("".join(parts[start:]))
        if _weight(ending) >= _SHORTEST_ENDING and ending in index:
            return index[ending]
    for end in range(len(parts) - 1, 1, -1):
        beginning = normalised("".join(parts[:end]))
        if not beginning.isascii() and beginning in index:
            return index[beginning]
    return ()


def _parts(header: str) -> list[str]:
    """Latin words whole, of other scripts every character."""
    text = _CAMEL.sub(" ", unicodedata.normalize("NFKC", header))
    return re.findall(r"[A-Za-z]+\s?|\d+|[^\sA-Za-z\d_.\-/]", text.replace("_", " "))


def _weight(text: str) -> int:
    return sum(1 if letter.isascii() else 3 for letter in text)


@functools.cache
def _coded(prefix: str) -> dict[str, str]:
    start = prefix + "."
    return {
        normalised(word): key[len(start) :]
        for key, words in data().items()
        if key.startswith(start)
        for word in words
    }


def list_code(list_key: str, text: str) -> str | None:
    """The code of the shipped list item that this text means, such as gender "先生" → male."""
    codes = _coded(f"list.{list_key}")
    found = codes.get(normalised(text))
    return found or codes.get(normalised(_BRACKETS.sub("", text)))


def state_code(kind: str, text: str) -> str | None:
    """The state of a kind of record that this text means, such as planned or accepted."""
    found = _coded(f"state_{kind}").get(normalised(text))
    return found or _coded("state").get(normalised(text))


def kind_hint(name: str) -> str | None:
    """The kind of import that the name of a sheet or file speaks of."""
    text = normalised(name)
    best, length = None, 0
    for word, kind in _coded("kind").items():
        if word in text and _weight(word) > length:
            best, length = kind, _weight(word)
    return best

"""Whether the words above a sheet say what its rows are, or the user is to be asked."""

from __future__ import annotations

from crm_desktop.domain.kinds import Kind
from crm_desktop.exchange.mapping.synonyms import normalised

_ANYWHERE = (
    "code value amount type title description details number no status state date id notes name"
    " 编码 编号 代码 价值 金额 类型 标题 描述 说明 状态 日期 时间 备注 名称 序号 类别 分类 category"
)
_WORDS = frozenset(normalised(word) for word in _ANYWHERE.split())
"""Words above lists of anything: with a name alone they say nothing."""
_OF_CUSTOMERS = ("phone", "email", "fax", "website", "address", "level", "lifecycle")


def speaks_for(main: Kind, key: str, header: str) -> bool:
    """Whether a column called so, taken for this key of the synonyms, tells the kind of rows."""
    owner, _, rest = key.partition(".")
    if normalised(header) in _WORDS or owner == "last":
        return False
    if main in (Kind.PERSON, Kind.COMPANY):
        place = rest.partition(".")[0]
        return owner in ("person", "company") or (owner == "any" and place in _OF_CUSTOMERS)
    return owner == main.value or owner in ("line", "paper")

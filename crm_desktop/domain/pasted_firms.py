"""Firms called without their legal form, on a line of their own beside who works there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crm_desktop.domain.pinyin import syllables
from crm_desktop.domain.text import fold

_TRADES_ZH = (
    "精密|机械|机电|科技|电子|电气|电器|贸易|商贸|国贸|实业|集团|物流|供应链|医疗|医药|药业|生物|纺织|服饰|服装|"
    "化工|化学|建材|食品|饮料|汽车|汽配|自动化|智能|软件|网络|传媒|文化传播|教育|置业|地产|能源|环保|新材料|包装|"
    "印刷|五金|模具|塑胶|塑料|橡胶|工业|重工|控股|投资|咨询|装饰|建设|家具|家居|光电|技术|半导体|数控|机床|轴承|阀门|"
    "泵业|钢铁|铝业|纸业|酒业|茶业|农业|牧业|渔业|船舶|航空|通信|通讯|仪器|仪表|设备|照明|玻璃|陶瓷|涂料|制药"
)
_FIRM_ZH = re.compile(rf"[\u4e00-\u9fffA-Za-z0-9()]{{1,12}}(?:{_TRADES_ZH})")
_PLAIN_ZH = re.compile(r"[\u4e00-\u9fff]{2,10}")
_TRADES_EN = (
    "Tools|Textiles|Machinery|Machines|Electronics|Electric|Trading|Logistics|Shipping|Technologies|"
    "Technology|Systems|Engineering|Consulting|Consultants|Software|Labs|Laboratories|Foods|Chemicals|"
    "Plastics|Motors|Instruments|Pharma|Pharmaceuticals|Packaging|Manufacturing|Automation|Robotics|"
    "Semiconductors|Furniture|Enterprises|International|Ventures|Bank|University|Studios|Media"
)
_FIRM_EN = re.compile(rf"(?:[A-Z0-9][\w&'’.-]*[ ]){{1,4}}(?:{_TRADES_EN})")
_PLAIN_EN = re.compile(r"[A-Z0-9][\w&'’.-]*(?: (?:[A-Z0-9&][\w&'’.-]*|of|and)){0,4}")
_LEAST_ZH = 4
_LEAST_OF_NET = 4
_HOSTS = re.compile(r"(?:@|www\.|//)(?:www\.)?([\w-]+)(?:\.[\w-]+)+")
_MAIL = "gmail googlemail outlook hotmail live yahoo icloud foxmail sina sohu aliyun yeah proton"
_NO_FIRM = frozenset(_MAIL.split())


def hosts(text: str) -> tuple[str, ...]:
    """What firms are called in the addresses of the net in a text."""
    found = (host.lower().replace("-", "") for host in _HOSTS.findall(text))
    return tuple(host for host in found if len(host) >= _LEAST_OF_NET and host not in _NO_FIRM)


def is_trade(line: str) -> bool:
    """Whether it ends like a firm's name: 恒远精密, Acme Tools."""
    if _FIRM_EN.fullmatch(line):
        return True
    return len(line) >= _LEAST_ZH and _FIRM_ZH.fullmatch(line) is not None


def is_in_net(line: str, known: Iterable[str]) -> bool:
    """Whether an address of the net begins as the name does, or as it sounds."""
    if _PLAIN_EN.fullmatch(line):
        words = fold(line).replace("'", "").replace("’", "").split()
        spoken = [words[0], "".join(words)]
    elif _PLAIN_ZH.fullmatch(line):
        heard = [ways[0] for ways in syllables(line)]
        spoken = ["".join(heard[:2]), "".join(heard)]
    else:
        return False
    long_enough = [one for one in spoken if len(one) >= _LEAST_OF_NET]
    return any(host.startswith(one) for host in known for one in long_enough)

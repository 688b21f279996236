"""Names as duplicates see them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.names import (
    PersonName,
    company_key,
    person_key,
    similarity,
    sound_key,
    split_title,
)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("苏州恒远精密机械有限公司", "苏州恒远精密机械"), ("恒远精密机械（苏州）有限公司",
        "恒远精密机械"),
        ("恒远精密机械(苏州)股份有限公司", "恒远精密机械"), ("恒远集团有限公司", "恒远"),
        ("恒远集团", "恒远"), ("恒远 精密・机械", "恒远精密机械"),
        ("Müller & Söhne GmbH & Co. KG", "mullerandsohne"),
        ("Acme, Inc.", "acme"), ("ACME Ltd", "acme"), ("Acme Co., Ltd.", "acme"),
        ("A.C.M.E. S.A.", "acme"),
        ("Ltd", "ltd"), ("有限公司", "有限公司"), ("公司", "公司"), ("（苏州）", "苏州"), ("",
        ""), ("Sony Group", "sony"),
        ("上海分公司", "上海"), ("ＡＢＣ有限责任公司", "abc"),
    ],
)  # fmt: skip
def test_company_key(name: str, key: str) -> None:
    assert company_key(name) == key


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("张总", "张", "总"), ("李经理", "李", "经理"), ("欧阳总", "欧阳", "总"), ("张伟总经理",
        "张伟", "总经理"),
        ("王工", "王", "工"), ("王小工", "王小工", ""), ("张伟", "张伟", ""), ("张伟（经理）",
        "张伟", "经理"),
        ("张伟 先生", "张伟", "先生"), ("Dr. Anna Müller", "Anna Müller", "Dr."),
        ("Prof. Dr. Wei Li", "Wei Li", "Prof. Dr."),
        ("John Smith, PhD", "John Smith", "PhD"), ("Dr", "Dr", ""), ("老师", "老师", ""), ("小姐",
        "小姐", ""),
        ("经理", "经理", ""), ("", "", ""), ("张老师", "张", "老师"), ("赵局", "赵", "局"),
    ],
)  # fmt: skip
def test_split_title(text: str, name: str, title: str) -> None:
    assert split_title(text) == PersonName(name, title)


def test_keys_of_people() -> None:
    assert person_key("Wei Zhang") == person_key("ZHANG, Wei") == "wei zhang"
    assert person_key("张 伟") == person_key("张伟先生") == "张伟"
    assert sound_key("张伟") == sound_key("章伟") == sound_key("Zhang Wei") == "zhangwei"
    assert sound_key("单雄信", "chan xiongxin") == "chanxiongxin"


def test_similarity() -> None:
    assert similarity("恒远精密机械", "恒远精密机械") == 100
    assert similarity("恒远精密机械", "恒远精密机诫") > 80
    assert similarity("wei zhang", "zhang wei") == 100
    assert similarity("恒远", "acme") == 0
    assert similarity("", "") == 0


@given(st.text(max_size=30))
def test_any_text_is_a_name(text: str) -> None:
    assert company_key(text) == company_key(text.strip())
    found = split_title(text)
    assert found.name or not text.strip() or not found.title
    person_key(text)

"""Guessing header, kind and columns; rows read by the plan."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from crm_desktop.domain import schema
from crm_desktop.domain.document_lines import LINE_COLUMNS
from crm_desktop.domain.fields import Address
from crm_desktop.domain.kinds import Kind
from crm_desktop.exchange.mapping import (
    IMPORT_KINDS,
    ImportPlan,
    RowReader,
    guess_columns,
    targets,
)
from crm_desktop.exchange.mapping.header import find_header
from crm_desktop.exchange.mapping.synonyms import data, kind_hint, list_code, match
from crm_desktop.exchange.mapping.targets import target_keys
from crm_desktop.exchange.reading.facts import Row, SheetFacts, Value

PEOPLE: list[Row] = [
    ("张伟", "苏州恒远精密机械有限公司", "13812345678", "zw@a.cn", "A"),
    ("李娜", "杭州绿源电子商务有限公司", "13912345678", "ln@b.cn", "B"),
]


def plan(*rows: Sequence[Value], kind: str = "") -> ImportPlan:
    """The guess for these rows."""
    return guess_columns(SheetFacts("Sheet1"), [tuple(row) for row in rows], kind=kind)


def mapped(found: ImportPlan) -> dict[str, str | None]:
    """Header → target."""
    return {column.header: column.target for column in found.columns}


def test_header_below_a_title() -> None:
    found = plan(
        ("2026 年客户名单", None, None, None, None),
        (),
        ("联系人", "客户名称", "手机", "邮箱", "客户级别"),
        *PEOPLE,
    )
    assert (found.header_row, found.kind, found.sure) == (3, "people", True)
    assert [column.target for column in found.columns] == [
        "person.name",
        "company.name",
        "person.mobile",
        "person.email",
        "company.level",
    ]


def test_header_in_two_rows() -> None:
    found = plan(
        ("姓名", "单位", "联系方式", None, "级别"),
        (None, None, "手机", "邮箱", None),
        *PEOPLE,
    )
    assert found.header_row == 2
    assert [column.header for column in found.columns] == ["姓名", "单位", "手机", "邮箱", "级别"]


def test_no_header_at_all() -> None:
    found = plan(*PEOPLE)
    assert found.header_row == 0
    assert [column.target for column in found.columns][:4] == [
        "person.name",
        "company.name",
        "person.mobile",
        "person.email",
    ]
    assert not any(column.sure for column in found.columns)


def test_equal_headers_are_told_apart() -> None:
    found = plan(("姓名", "电话", "电话"), ("张伟", "0512-65881234", "0512-65881235"))
    assert [column.header for column in found.columns] == ["姓名", "电话", "电话 (2)"]
    assert [column.target for column in found.columns][1:] == ["person.phone", "person.phone"]


def test_phones_that_are_mobiles() -> None:
    found = plan(("姓名", "联系电话"), ("张伟", 13812345678.0), ("李娜", 13912345678.0))
    assert mapped(found)["联系电话"] == "person.mobile"


def test_names_by_content() -> None:
    assert mapped(plan(("客户名称", "手机"), ("张伟", 13812345678), ("李娜", 13912345678))) == {
        "客户名称": "person.name",
        "手机": "person.mobile",
    }
    company = plan(("名称", "地址"), ("苏州恒远机械有限公司", "苏州"), ("绿源公司", "杭州"))
    assert company.kind == "companies"


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ("产品编码 产品名称 规格 单位 单价 税率", "products"),
        ("SKU Product_Name Category Unit Price", "products"),
        ("商机名称 客户名称 销售阶段 预计金额 预计成交日期", "opportunities"),
        ("deal_name account deal_stage close_date close_value", "opportunities"),
        ("公司名称 地址 行业 税号 开户行 账号", "companies"),
        ("跟进时间 联系人 跟进方式 跟进内容 跟进结果", "activities"),
        ("工单主题 客户名称 问题描述 处理结果 满意度", "tickets"),
        ("FirstName LastName Company Phone Email", "people"),
        ("姓名 性别 出生日期 手机号码 微信号", "people"),
    ],
)
def test_kinds(headers: str, kind: str) -> None:
    found = plan(headers.split(), ["x"] * len(headers.split()))
    assert (found.kind, found.sure) == (kind, True)
    assert all(column.target for column in found.columns)


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("手机号码（必填）", "person.mobile"),
        ("*手机", "person.mobile"),
        ("Mobile_Phone", "person.mobile"),
        ("mobilePhone", "person.mobile"),
        ("联系人手机", "person.mobile"),
        ("电话2", "any.phone"),
        ("公司电话", "company.phone"),
        ("E-mail 1 - Value", "any.email"),
        ("主要联系人手机号码", "person.mobile"),
        ("BillingPostalCode", "any.address.postcode"),
        ("出生日期(农历)", "person.birthday"),
    ],
)
def test_spellings_of_headers(header: str, target: str) -> None:
    assert match(header).targets[0] == target


def test_every_synonym_leads_to_a_field() -> None:
    allowed = {key for kind in IMPORT_KINDS for key in target_keys(kind)}
    for key in data():
        owner, _, rest = key.partition(".")
        if owner == "any" and rest != "name":
            assert {f"person.{rest}", f"company.{rest}"} & allowed, key
        elif owner in ("paper", "line"):
            place = key if owner == "line" else rest
            assert {f"quote.{place}", f"contract.{place}"} & allowed, key
        elif owner.startswith("state_"):
            kind = Kind(owner.removeprefix("state_"))
            assert rest in schema.find(kind, "state").states, key
        elif owner not in ("any", "kind", "list", "state"):
            assert key.removeprefix("last.") in allowed, key
    assert sum(len(words) for words in data().values()) >= 400


def test_targets_are_writable_fields() -> None:
    told = {"number", "state", "total"}  # of papers that others made
    for kind in IMPORT_KINDS:
        for target in targets(kind):
            field = schema.find(target.kind, target.field.key, LINE_COLUMNS)
            assert field.writable or (kind in ("quotes", "contracts") and field.key in told)


def test_plan_as_json() -> None:
    found = plan(("姓名", "公司", "手机", "邮箱", "级别"), *PEOPLE)
    text = found.to_json()
    assert "13812345678" not in text
    again = ImportPlan.from_json(text)
    assert again.to_json() == text
    assert again.fingerprint == found.fingerprint
    assert json.loads(text)["existing"] == "fill"
    with pytest.raises(ValueError, match="not an import plan"):
        ImportPlan.from_json("{}")


def test_rows_of_people_with_companies() -> None:
    found = plan(
        ("姓", "名", "公司", "地址", "城市", "邮编", "电话", "手机"),
        ("张", "伟", "恒远公司", "星湖街 1 号", "苏州", "215000", "0512-65881234", "13812345678"),
        ("Li", "Na", "b", "c", "d", "e", "0571-88001234", "13912345678"),
    )
    reader = RowReader(found)
    first = reader.read(2, ("张", "伟", "恒远公司", "星湖街 1 号", "苏州", "215000"))
    address = (Address(line="星湖街 1 号", city="苏州", postcode="215000"),)
    assert first.values[Kind.PERSON]["name"] == "张伟"
    assert first.values[Kind.COMPANY] == {"name": "恒远公司", "address": address}
    alone = reader.read(3, ("Li", "Na", None, "1 High St", "York", None))
    assert alone.values == {
        Kind.PERSON: {
            "family_name": "Li",
            "given_name": "Na",
            "name": "Na Li",
            "address": (Address(line="1 High St", city="York"),),
        }
    }


def test_blank_rows_totals_and_problems() -> None:
    reader = RowReader(plan(("姓名", "公司", "手机", "邮箱", "级别"), *PEOPLE))
    assert reader.read(9, (None, "", "-")).skip == "blank"
    assert reader.read(9, ()).skip == "blank"
    assert reader.read(9, ("合计", None, 27, None)).skip == "totals"
    row = reader.read(9, ("王芳", None, "打前台", "wf@c.cn"))
    assert [(one.column, one.target) for one in row.problems] == [(2, "person.mobile")]
    assert row.values[Kind.PERSON]["email"] == ("wf@c.cn",)


def test_values_are_replaced_as_planned() -> None:
    found = plan(("姓名", "公司", "手机", "邮箱", "级别"), *PEOPLE)
    found.columns[4].values["重点"] = "A"
    row = RowReader(found).read(2, ("张伟", "恒远", None, None, "重点"))
    assert row.values[Kind.COMPANY]["level"] == "A"


def test_words_for_lists_and_kinds() -> None:
    assert list_code("gender", "先生") == "male"
    assert list_code("level", "A（重点客户）") == "a"
    assert list_code("stage", "Closed Won") == "won"
    assert list_code("gender", "?") is None
    assert kind_hint("2026产品价格表") == "price_lists"
    assert kind_hint("2026产品目录") == "products"
    assert kind_hint("Sheet1") is None


def test_header_is_not_taken_from_data() -> None:
    assert find_header([(1.0, 2.0), (3.0, 4.0)]).row == 0


def test_a_company_name_beside_a_mobile_number_is_no_header() -> None:
    rows: list[Row] = [
        ("张伟", "13812345678", "苏州恒远机械有限公司"),
        ("李娜", "13912345678", "杭州绿源食品有限公司"),
    ]
    assert find_header(rows).row == 0
    assert [column.target for column in plan(*rows, kind="people").columns] == [
        "person.name",
        "person.mobile",
        "company.name",
    ]


def test_a_long_note_among_the_first_rows_is_no_header() -> None:
    assert not match("备注，很长。" * 8_000).targets
    found = plan(["姓名", "手机", "备注"], ["张伟", "13812345678", "备注，很长。" * 5_000])
    assert found.header_row == 1


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("公司名稱 手機 電子郵件 備註 聯絡人", "公司名称 手机 电子邮件 备注 联络人"),
        ("客戶 職務 產品編號 單價 稅率 報價單號", "客户 职务 产品编号 单价 税率 报价单号"),
    ],
)
def test_traditional_headers_mean_the_same(traditional: str, simplified: str) -> None:
    for one, other in zip(traditional.split(), simplified.split(), strict=True):
        assert match(one) == match(other)
        assert match(one).targets


def test_a_bare_name_beside_people_is_the_companys() -> None:
    found = plan(
        ("客户信息", None, "联系人信息", None),
        ("名称", "地址", "姓名", "手机"),
        ("恒远机械", "苏州市人民路 1 号", "张伟", "13812345678"),
        ("绿源食品", "杭州市文一路 2 号", "李娜", "13912345678"),
    )
    assert (found.kind, found.header_row) == ("people", 2)
    assert mapped(found) == {
        "名称": "company.name",
        "地址": "company.address",
        "姓名": "person.name",
        "手机": "person.mobile",
    }


def test_the_second_person_of_a_row_lends_the_first_nothing() -> None:
    found = plan(
        ("公司名称", "联系人1", "手机1", "联系人2", "手机2"),
        ("甲公司", "张伟", "13812345678", "李娜", "13912345678"),
        ("乙公司", "王芳", "13712345678", "赵敏", "13612345678"),
    )
    assert mapped(found) == {
        "公司名称": "company.name",
        "联系人1": "person.name",
        "手机1": "person.mobile",
        "联系人2": None,
        "手机2": None,
    }


def test_two_numbers_of_one_person_are_both_taken() -> None:
    found = plan(("姓名", "手机", "手机2"), ("张伟", "13812345678", "13912345678"))
    assert mapped(found) == {
        "姓名": "person.name",
        "手机": "person.mobile",
        "手机2": "person.mobile",
    }


def test_a_list_of_visits_takes_its_plain_date() -> None:
    found = plan(
        ("日期", "客户", "联系人", "跟进方式", "内容"),
        ("2026-10-01", "甲公司", "张伟", "电话", "谈价格"),
    )
    assert found.kind == "activities"
    assert mapped(found)["日期"] == "activity.due"


@pytest.mark.parametrize(
    "note", ["制表人：李四", "审核：王芳", "打印日期：2026-11-01", "Printed on 1 Nov"]
)
def test_who_made_the_table_is_no_row_of_it(note: str) -> None:
    found = plan(("姓名", "手机"), ("张伟", "13812345678"), (note, None))
    assert RowReader(found).read(3, (note, None)).skip == "totals"
    assert not RowReader(found).read(2, ("张伟", "13812345678")).skip


@pytest.mark.parametrize(
    "rows",
    [
        (("id", "name"), (1, "Jan meeting"), (2, "Feb meeting")),
        (("code", "name"), (11, "北京市"), (12, "天津市")),
        (("名称", "金额"), ("甲", 1), ("乙", 2)),
        (("name", "value"), ("a", 1), ("b", 2)),
        (("日期", "客户", "金额"), ("2026-10-01", "甲公司", 5)),
        (("InvoiceId", "CustomerId", "BillingCity", "Total"), (1, 2, "Oslo", 3.5)),
    ],
)
def test_where_nothing_says_what_the_rows_are_the_user_is_asked(rows: Sequence[Row]) -> None:
    found = plan(*rows)
    assert (found.kind_open, found.sure) == (True, False)
    said = plan(*rows, kind="products")
    assert (said.kind, said.kind_open) == ("products", False)
    assert ImportPlan.from_json(found.to_json()).kind_open


def test_a_list_of_calls_with_companies_and_people_is_one_of_activities() -> None:
    found = plan(
        ("Company", "Contact", "Date", "Type", "Subject"),
        ("A Ltd", "Ann Lee", "2026-01-01", "Call", "Talk"),
        ("B Ltd", "Bob Ray", "2026-01-02", "Visit", "Prices"),
    )
    assert (found.kind, found.kind_open) == ("activities", False)
    assert list(mapped(found).values()) == [
        "activity.company", "activity.person", "activity.due", "activity.type", "activity.subject",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ("名称 单价 单位", "products"),
        ("公司名称", "companies"),
        ("姓名 手机", "people"),
        ("Name Phone Email", "people"),
        ("客户 联系人 电话 地址 备注", "people"),
    ],
)
def test_short_lists_of_usual_words_are_known(headers: str, kind: str) -> None:
    found = plan(headers.split(), ["x"] * len(headers.split()))
    assert (found.kind, found.kind_open) == (kind, False)

"""Exports of records: what stands in the file, and that an import reads it back."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crm_desktop.data.records import stream
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.dates import parse_birthday
from crm_desktop.domain.due import Due
from crm_desktop.domain.fields import Address
from crm_desktop.domain.imports import Outcome
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.lists import item_name
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.domain.schema import FIELDS, default_columns
from crm_desktop.exchange.mapping import Existing
from crm_desktop.paths import Home
from crm_desktop.progress import Cancelled, Progress
from crm_desktop.services.exports import service
from crm_desktop.services.house import Services, open_book
from crm_desktop.words import Words
from tests.exchange_writing.tables import by_calamine

CLOCK = FixedClock(datetime(2026, 11, 20, 1, tzinfo=UTC), "Asia/Shanghai")
EN, ZH = Words("en"), Words("zh")
HIDDEN = ("crm_person_uid", "crm_person_version")
LUNAR = Birthday(10, 23, year=1985, lunar=True)


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    home.data.mkdir(parents=True)
    book = open_book(home.data / "book.crm", CLOCK)
    made = Services(book, CLOCK, home)
    records = made.records
    customer = made.lists.by_code("lifecycle", "customer").id
    company = records.create(Kind.COMPANY, {"name": "苏州恒远"})
    wei = records.create(
        Kind.PERSON,
        {
            "name": "张伟",
            "company": company,
            "mobile": ("13812345678", "+8613900001111"),
            "lifecycle": customer,
            "birthday": LUNAR,
            "tags": ("VIP", "展会"),
            "address": (Address(line="星湖街 88 号", city="苏州", province="江苏"),),
            "notes": "第一行\n第二行",
            "important": True,
        },
    )
    records.create(Kind.PERSON, {"name": "=1+1", "birthday": Birthday(8, 15)})
    call = made.lists.by_code("activity_type", "call").id
    records.create(
        Kind.ACTIVITY,
        {
            "subject": "回访",
            "type": call,
            "state": "planned",
            "person": wei,
            "due": Due(date(2026, 11, 23), None, "Asia/Shanghai"),
        },
    )
    records.create(
        Kind.OPPORTUNITY,
        {"title": "CNC", "amount": Decimal("86400.50"), "expected_close": date(2026, 12, 5)},
    )
    yield made
    book.close()


def sheet(path: Path) -> list[dict[str, Any]]:
    active: Any = openpyxl.load_workbook(path).active
    header, *rows = active.values
    assert [name.rpartition("_")[2] for name in header[-2:]] == ["uid", "version"]
    return [dict(zip(header[:-2], row[:-2], strict=True)) for row in rows]


def test_every_field_of_a_person(services: Services, tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    query = Query().also(Condition("name", Op.IS, "张伟"))
    assert services.exports.export(Kind.PERSON, path, ZH, query=query) == 1
    (row,) = sheet(path)
    assert len(row) == len(FIELDS[Kind.PERSON])
    assert row["公司"] == "苏州恒远"
    assert row["手机"] == "13812345678; +8613900001111"
    assert row["客户状态"] == "成交客户"
    assert row["标签"] == "VIP; 展会"
    assert row["重要"] is True
    assert row["备注"] == "第一行\n第二行"
    assert row["地址"] == "江苏苏州星湖街 88 号"
    assert row["下一步"] == "2026-11-23 回访"
    assert row["创建时间"] == datetime(2026, 11, 20, 9)


def test_birthdays_are_read_back(services: Services, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    services.exports.export(Kind.PERSON, path, EN, columns=("name", "birthday"))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["Name"]: row["Birthday"] for row in csv.DictReader(file)}
    assert parse_birthday(rows["张伟"]) == LUNAR
    assert parse_birthday(next(v for k, v in rows.items() if "1+1" in k)) == Birthday(8, 15)


def test_amounts_bring_their_currency(services: Services, tmp_path: Path) -> None:
    path = tmp_path / "deals.xlsx"
    columns = ("title", "amount", "expected_close")
    services.exports.export(Kind.OPPORTUNITY, path, EN, columns=columns)
    (row,) = sheet(path)
    assert list(row) == ["Opportunity", "Amount", "Currency", "Expected close"]
    assert row["Amount"] == 86400.5
    assert row["Currency"] == "CNY"
    assert row["Expected close"] == datetime(2026, 12, 5)


def test_chosen_records_in_their_order(services: Services, tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    ids = list(reversed(services.records.ids(Kind.PERSON)))
    services.exports.export(Kind.PERSON, path, EN, ids=ids, columns=("name",))
    names = [row["Name"] for row in sheet(path)]
    expected = [row.values[0] for row in services.records.rows(Kind.PERSON, ids, ("name",))]
    assert names == expected


def test_text_for_the_clipboard(services: Services) -> None:
    ids = services.records.ids(Kind.PERSON, Query(text="张伟"))
    columns = ("name", "notes", "important", "mobile")
    rows = services.exports.clipping(Kind.PERSON, ids, columns, EN)
    assert rows.text == (
        "Name\tNotes\tImportant\tMobile\n张伟\t第一行 第二行\tYes\t13812345678; +8613900001111\n"
    )


def test_long_numbers_on_the_clipboard_stay_texts_for_spreadsheets(services: Services) -> None:
    values = {"name": "A&B <i>", "phone": ("051288880000",), "credit_limit": Decimal(86400)}
    company = services.records.create(Kind.COMPANY, values)
    html = services.exports.clipping(Kind.COMPANY, [company], tuple(values), EN).html
    cells = re.findall("<td(.*?)>(.*?)</td>", html)
    assert [text for _, text in cells] == ["A&amp;B &lt;i&gt;", "051288880000", "86400.00"]
    assert ["mso-number-format" in style for style, _ in cells] == [True, True, False]


@pytest.mark.parametrize("kind", list(FIELDS))
@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_every_kind_has_its_headers(
    services: Services, tmp_path: Path, kind: Kind, words: Words
) -> None:
    path = tmp_path / "any.xlsx"
    services.exports.export(kind, path, words)
    active: Any = openpyxl.load_workbook(path).active
    header = next(active.values)[:-2]
    assert len(set(header)) == len(header) == len(FIELDS[kind])


def test_a_cancelled_export_leaves_nothing(services: Services, tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        services.exports.export(Kind.PERSON, tmp_path / "p.xlsx", EN, progress=progress)
    assert list(tmp_path.glob("*.xlsx")) == []


def test_other_endings_are_refused(services: Services, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="unknown_format"):
        services.exports.export(Kind.PERSON, tmp_path / "people.doc", EN)


def test_a_workbook_knows_what_it_is(services: Services, tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    services.exports.export(Kind.PERSON, path, ZH, columns=("name", "mobile", "level"))
    book: Any = openpyxl.load_workbook(path)
    people, facts = book.worksheets
    assert (people.title, facts.title) == ("联系人", "参数")
    assert (people.sheet_state, facts.sheet_state) == ("visible", "hidden")
    assert [people.column_dimensions[letter].hidden for letter in "ABCDE"] == [False] * 3 + [
        True
    ] * 2
    cards = [services.records.card(Kind.PERSON, n) for n in services.records.ids(Kind.PERSON)]
    rows = list(people.values)[1:]
    assert [row[-2:] for row in rows] == [(card.uid, card.version) for card in cards]
    told = {row[0]: row[1] for row in list(facts.values)[1:] if row[0]}
    assert told["crm_export"] == "1"
    assert told["kind"] == "person"
    assert told["book"]
    assert [told[f"column {n}"] for n in (1, 2, 3)] == ["name", "mobile", "level"]
    assert told["made"] == "2026-11-20T01:00:00+00:00"


def test_lists_drop_down(services: Services, tmp_path: Path) -> None:
    path = tmp_path / "deals.xlsx"
    columns = ("title", "state", "stage", "priority")
    services.exports.export(Kind.OPPORTUNITY, path, EN, columns=columns)
    book: Any = openpyxl.load_workbook(path)
    facts = book["Parameters"]
    offered = {}
    for rule in book.worksheets[0].data_validations.dataValidation:
        assert (rule.type, rule.allowBlank, rule.showErrorMessage) == ("list", True, False)
        cells = rule.formula1.removeprefix("'Parameters'!").replace("$", "")
        column = str(rule.sqref).partition("2:")[0]
        offered[column] = [cell.value for (cell,) in facts[cells]]
    stages = [item_name(item, EN.text) for item in services.lists.items("stage")]
    assert offered["C"] == list(dict.fromkeys(stages))
    assert offered["D"] == ["High", "Normal", "Low"]
    assert "E" not in offered


def test_a_list_with_few_columns_is_imported_without_change(
    services: Services, tmp_path: Path
) -> None:
    path = tmp_path / "people.xlsx"
    services.exports.export(Kind.PERSON, path, ZH, columns=default_columns(Kind.PERSON))
    preview = services.imports.preview(path)
    targets = {column.header: column.target for column in preview.plan.columns}
    assert [targets[name] for name in HIDDEN] == [None, None]
    for policy in (Existing.FILL, Existing.OVERWRITE):
        preview.plan.existing = policy
        report = services.imports.check(path, preview.plan, ZH)
        assert report.count(Outcome.SAME) == report.rows == 2


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_keeps_what_is_hidden(services: Services, tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    services.exports.export(Kind.PERSON, path, ZH)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    saved = tmp_path / "saved"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", saved, path],
        check=True,
        capture_output=True,
        timeout=120,
    )
    before, after = (
        openpyxl.load_workbook(one, data_only=True) for one in (path, saved / path.name)
    )
    assert [sheet.sheet_state for sheet in after.worksheets] == ["visible", "hidden"]
    for one, other in zip(before.worksheets, after.worksheets, strict=True):
        assert list(other.values) == list(one.values)
    rules: Any = after.worksheets[0].data_validations
    assert {rule.type for rule in rules.dataValidation} == {"list"}


def test_a_long_list_is_written_in_its_order_though_it_is_read_as_it_lies(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.sample.fill("zh")
    people = services.records.ids(Kind.PERSON)
    assert list(people) != sorted(people)
    plain, other = tmp_path / "plain.xlsx", tmp_path / "other.xlsx"
    assert services.exports.export(Kind.PERSON, plain, ZH) == len(people)
    monkeypatch.setattr(service, "MANY", 0)  # a smaller cache of pages
    monkeypatch.setattr(stream, "MANY", 0)
    monkeypatch.setattr(stream, "_SORTED_TEXT", 1)  # the smallest windows there are
    monkeypatch.setattr(stream, "_FEWEST", 7)
    assert services.exports.export(Kind.PERSON, other, ZH) == len(people)
    first, second = zipfile.ZipFile(plain), zipfile.ZipFile(other)
    assert first.namelist() == second.namelist()
    read = [re.sub(rb"<cols>.*</cols>", b"", each.read("xl/worksheets/sheet1.xml"))
            for each in (first, second)]  # fmt: skip
    assert read[0] == read[1]  # widths follow the first that are read
    # Some gone since, one asked for twice: the ordinary way.
    chosen = [people[3], people[1], 999_999, people[0]]
    assert services.exports.export(Kind.PERSON, other, ZH, ids=chosen) == 3
    names = [row.values[0] for row in services.records.rows(Kind.PERSON, chosen, ["name"])]
    assert [row[0] for row in by_calamine(other)] == names
    assert services.exports.export(Kind.PERSON, other, ZH, ids=[*chosen, people[1]]) == 4

"""Exports of Google and Outlook go where their columns belong."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_desktop.domain.kinds import Kind
from crm_desktop.exchange.mapping import RowReader, guess_plan
from crm_desktop.exchange.mapping.layouts import _layouts
from crm_desktop.exchange.mapping.targets import target_keys
from crm_desktop.exchange.reading import open_file
from tests import corpus

GOOGLE = (
    "First Name,Middle Name,Last Name,File As,Organization Name,Organization Title,Birthday,Notes,"
    "Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,"
    "Phone 2 - Value,Address 1 - Label,Address 1 - Street,Address 1 - City\n"
    "Wei,,Zhang,,Qinghe,Buyer,1985-08-15,,Friends,Work,wei@example.com,Mobile,13800138000,"
    "Work,021-60000000,Work,Nanjing Road 1,Shanghai\n"
)
OUTLOOK = (
    "Title,First Name,Last Name,Company,Job Title,Business Street,Business City,Home Street,"
    "Home City,Mobile Phone,E-mail Address,E-mail Display Name,E-mail 2 Address,Web Page\n"
    "Mr.,Wei,Zhang,Qinghe,Buyer,Nanjing Road 1,Shanghai,,,13800138000,wei@example.com,"
    "Wei Zhang,wei2@example.com,example.com\n"
)


def mapped(path: Path, text: str) -> dict[str, str | None]:
    path.write_text(text, encoding="utf-8")
    with open_file(path) as opened:
        plan = guess_plan(opened)
    assert (plan.kind, plan.sure) == ("people", True)
    return {column.header: column.target for column in plan.columns}


def test_google(tmp_path: Path) -> None:
    found = mapped(tmp_path / "contacts.csv", GOOGLE)
    assert found["First Name"] == "person.given_name"
    assert found["E-mail 1 - Value"] == "person.email"
    assert found["Phone 1 - Value"] == found["Phone 2 - Value"] == "person.phone"
    assert found["Labels"] == "person.tags"
    assert found["Phone 1 - Label"] is found["E-mail 1 - Label"] is found["File As"] is None


def test_google_puts_several_values_into_a_cell(tmp_path: Path) -> None:
    text = (
        "First Name,Last Name,Organization Name,Labels,E-mail 1 - Value,Phone 1 - Value,Notes\n"
        "Wei,Zhang,Qinghe,Friends ::: Fair 2026 ::: * myContacts,"
        "wei@example.com ::: wei@home.example,13800138000 ::: 021-60000000,a ::: b\n"
        "Li,Na,Qinghe,* myContacts,li@example.com,,c\n"
    )
    path = tmp_path / "contacts.csv"
    path.write_text(text, encoding="utf-8")
    with open_file(path) as opened:
        plan = guess_plan(opened)
        rows = opened.head(plan.sheet)[1:]
    first, second = (row.values[Kind.PERSON] for row in RowReader(plan).read_all([2, 3], rows))
    assert first["tags"] == ("Friends", "Fair 2026")
    assert first["email"] == ("wei@example.com", "wei@home.example")
    assert first["phone"] == ("13800138000", "021-60000000")
    assert "tags" not in second
    assert (first["notes"], second["notes"]) == ("a\nb", "c")


def test_outlook(tmp_path: Path) -> None:
    found = mapped(tmp_path / "contacts.csv", OUTLOOK)
    assert found["Title"] == "person.salutation"
    assert found["Job Title"] == "person.title"
    assert found["E-mail 2 Address"] == "person.email"
    assert found["E-mail Display Name"] is found["Home City"] is None


def test_every_place_of_a_layout_is_one() -> None:
    for layout in _layouts():
        places = target_keys(layout.kind)
        assert {target for _, target in layout.columns} <= set(places)


@pytest.mark.skipif(not corpus.FOLDER.is_dir(), reason=corpus.WHY_NOT)
@pytest.mark.parametrize(
    ("name", "count"), [("google_new", 16), ("google_old", 12), ("outlook_desktop", 27)]
)
def test_real_headers_are_known(name: str, count: int) -> None:
    with open_file(corpus.FOLDER / "contacts" / f"headers_{name}.csv") as opened:
        plan = guess_plan(opened)
    assert len(plan.mapped) >= count, [column.header for column in plan.mapped]


@pytest.mark.parametrize("label", ["Label", "Type"])
def test_labels_of_google_say_what_a_number_is(tmp_path: Path, label: str) -> None:
    header = "First Name,Last Name,Organization Name,Labels"
    if label == "Type":  # as exports were until 2024
        header = "Given Name,Family Name,Yomi Name,Group Membership"
    numbered = ",".join(f"Phone {n} - {label},Phone {n} - Value" for n in (1, 2, 3))
    path = tmp_path / "contacts.csv"
    path.write_text(
        f"{header},{numbered}\n"
        "Ann,Lee,,,Mobile,+44 7700 900123,Work Fax,+44 20 7946 0001,Work,+44 20 7946 0002\n"
        "Wei,Zhang,,,* Main,021-60000000,手机,13800138000 ::: +1 415 555 0132,,010-60000000\n",
        encoding="utf-8",
    )
    with open_file(path) as opened:
        plan = guess_plan(opened)
        rows = opened.head(plan.sheet)[1:]
    first, second = (row.values[Kind.PERSON] for row in RowReader(plan).read_all([2, 3], rows))
    assert (first["mobile"], first["fax"], first["phone"]) == (
        ("+44 7700 900123",), ("+44 20 7946 0001",), ("+44 20 7946 0002",),
    )  # fmt: skip
    assert (second["mobile"], second["phone"]) == (
        ("13800138000", "+1 415 555 0132"), ("021-60000000", "010-60000000"),
    )  # fmt: skip
    assert "fax" not in second

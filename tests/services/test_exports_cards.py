"""People as vCards, follow-ups and birthdays as calendars: read back by other people's readers."""

from __future__ import annotations

import base64
import io
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from crm_desktop.data import book_settings
from crm_desktop.data.tables import Person
from crm_desktop.domain.birthdays import Birthday, occurrences_between
from crm_desktop.domain.due import Due
from crm_desktop.domain.fields import Address
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.vcards import CardVersion
from crm_desktop.exchange.writing.content_lines import line, text
from crm_desktop.services.house import Services
from crm_desktop.words import Words

ZH, EN = Words("zh"), Words("en")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
NOTES = "第一行；有分号; 逗号, 反斜杠\\\n" + "第二行很长，" * 40


def unfolded(data: bytes) -> list[str]:
    assert all(len(one) <= 75 for one in data.split(b"\r\n"))
    return data.replace(b"\r\n ", b"").decode().split("\r\n")


def person(services: Services, **more: Any) -> int:
    company = services.records.create(Kind.COMPANY, {"name": "苏州恒远; 精密"})
    values = {
        "name": "张伟",
        "family_name": "张",
        "given_name": "伟",
        "company": company,
        "title": "经理",
        "department": "采购部",
        "gender": services.lists.by_code("gender", "male").id,
        "mobile": ("13812345678", "+8613900001111"),
        "phone": ("0512-65551234",),
        "email": ("zw@example.com",),
        "wechat": ("zw_88",),
        "address": (
            Address(line="星湖街 88 号", city="苏州市", province="江苏省", postcode="215000"),
        ),
        "tags": ("VIP", "展会"),
        "notes": NOTES,
    }
    return services.records.create(Kind.PERSON, values | more)


def card(services: Services, tmp_path: Path, version: CardVersion = CardVersion.THREE) -> list[str]:
    path = tmp_path / "people.vcf"
    assert services.exports.export(Kind.PERSON, path, ZH, cards_as=version) == 1
    return unfolded(path.read_bytes())


def test_a_card_of_version_3(services: Services, tmp_path: Path) -> None:
    person(services, birthday=Birthday(8, 15, year=1985))
    lines = card(services, tmp_path)
    assert lines[:2] == ["BEGIN:VCARD", "VERSION:3.0"]
    assert lines[-2:] == ["END:VCARD", ""]
    for one in (
        "FN:张伟",
        "N:张;伟;;;",
        "ORG:苏州恒远\\; 精密;采购部",
        "TITLE:经理",
        "TEL;TYPE=CELL:13812345678",
        "TEL;TYPE=CELL:+8613900001111",
        "TEL;TYPE=WORK,VOICE:0512-65551234",
        "EMAIL;TYPE=INTERNET:zw@example.com",
        "X-WECHAT:zw_88",
        "ADR;TYPE=work:;;星湖街 88 号;苏州市;江苏省;215000;",
        "BDAY:1985-08-15",
        "CATEGORIES:VIP,展会",
        "REV:20261120T010000Z",
    ):
        assert one in lines
    (note,) = [one for one in lines if one.startswith("NOTE:")]
    assert note.removeprefix("NOTE:") == text(NOTES)


def test_a_card_of_version_4(services: Services, tmp_path: Path) -> None:
    person(services, birthday=Birthday(8, 15))
    lines = card(services, tmp_path, CardVersion.FOUR)
    assert "VERSION:4.0" in lines
    assert "BDAY:--0815" in lines
    assert "GENDER:M" in lines
    assert 'TEL;TYPE="work,voice":0512-65551234' in lines


def test_birthdays_a_card_cannot_say(services: Services, tmp_path: Path) -> None:
    person(services, birthday=Birthday(10, 23, year=1985, lunar=True), notes="老客户")
    lines = card(services, tmp_path)
    assert "X-CRM-LUNAR-BIRTHDAY:lunar 1985-10-23" in lines
    assert "NOTE:老客户\\n生日：农历1985年十月廿三" in lines
    assert not [one for one in lines if one.startswith("BDAY")]
    services.records.update(
        Kind.PERSON, services.records.ids(Kind.PERSON)[0], {"birthday": Birthday(2, 29)}
    )
    assert "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29" in card(services, tmp_path)


@pytest.mark.parametrize("version", list(CardVersion))
def test_the_picture_goes_along(services: Services, tmp_path: Path, version: CardVersion) -> None:
    record_id = person(services)
    with services.book.write("gesture.noted") as writing:
        kept = book_settings.keep_blob(writing.session, PNG)
        mine = update(Person).where(Person.id == record_id)
        writing.session.execute(mine.values(photo_sha256=kept))
    (photo,) = [one for one in card(services, tmp_path, version) if one.startswith("PHOTO")]
    assert base64.b64decode(photo.rpartition(":")[2].rpartition(",")[2]) == PNG


def test_another_reader_reads_the_cards(services: Services, tmp_path: Path) -> None:
    vobject = pytest.importorskip("vobject")
    for number in range(3):
        person(services, name=f"张伟 {number}", birthday=Birthday(8, 15, year=1985))
    path = tmp_path / "people.vcf"
    assert services.exports.export(Kind.PERSON, path, ZH) == 3
    read = list(vobject.readComponents(path.read_text("utf-8")))
    assert [one.fn.value for one in read] == [f"张伟 {number}" for number in range(3)]
    assert read[0].note.value == NOTES
    assert [tel.value for tel in read[0].tel_list][:2] == ["13812345678", "+8613900001111"]
    assert read[0].org.value == ["苏州恒远; 精密", "采购部"]


def test_companies_as_cards(services: Services, tmp_path: Path) -> None:
    services.records.create(Kind.COMPANY, {"name": "恒远", "phone": ("0512-1",)})
    path = tmp_path / "c.vcf"
    assert services.exports.export(Kind.COMPANY, path, EN, cards_as=CardVersion.FOUR) == 1
    lines = unfolded(path.read_bytes())
    assert "KIND:org" in lines
    assert "ORG:恒远" in lines


def test_other_kinds_are_no_cards(services: Services, tmp_path: Path) -> None:
    for kind, ending in ((Kind.PRODUCT, "vcf"), (Kind.COMPANY, "ics")):
        with pytest.raises(Refused, match="unknown_format"):
            services.exports.export(kind, tmp_path / f"a.{ending}", EN)
    assert not list(tmp_path.glob("a.*"))


def plan(services: Services, subject: str, day: date, at: time | None) -> int:
    who = Ref(Kind.PERSON, services.records.create(Kind.PERSON, {"name": "王芳"}))
    return services.activities.plan(who, subject, Due(day, at, "Asia/Shanghai"))


def test_follow_ups_as_a_calendar(services: Services, tmp_path: Path) -> None:
    plan(services, "回访, 带样品; 看 A\\B", date(2026, 11, 23), None)
    plan(services, "开会", date(2026, 11, 24), time(9, 30))
    services.records.create(Kind.ACTIVITY, {"subject": "没有日期", "state": "planned"})
    path = tmp_path / "a.ics"
    assert services.exports.export(Kind.ACTIVITY, path, ZH) == 2
    lines = unfolded(path.read_bytes())
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "DTSTART;VALUE=DATE:20261123" in lines
    assert "SUMMARY:回访\\, 带样品\\; 看 A\\\\B · 王芳" in lines
    assert "DTSTART:20261124T013000Z" in lines
    assert "DTEND:20261124T020000Z" in lines
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2


def test_birthdays_as_a_calendar(services: Services, tmp_path: Path) -> None:
    lunar = Birthday(10, 23, year=1985, lunar=True)
    for name, birthday in (("甲", Birthday(8, 15, year=1985)), ("乙", lunar), ("丙", None)):
        services.records.create(Kind.PERSON, {"name": name, "birthday": birthday})
    path = tmp_path / "b.ics"
    ahead = occurrences_between(lunar, date(2026, 11, 20), date(2036, 11, 19))
    assert services.exports.export(Kind.PERSON, path, ZH) == 1 + len(ahead)
    lines = unfolded(path.read_bytes())
    assert lines.count("RRULE:FREQ=YEARLY") == 1
    assert "DTSTART;VALUE=DATE:20270815" in lines
    assert len(ahead) >= 10
    assert all(f"DTSTART;VALUE=DATE:{day:%Y%m%d}" in lines for day in ahead)


def test_another_reader_reads_the_calendar(services: Services, tmp_path: Path) -> None:
    icalendar = pytest.importorskip("icalendar")
    plan(services, "很长的主题，" * 30, date(2026, 11, 24), time(9, 30))
    path = tmp_path / "a.ics"
    services.exports.export(Kind.ACTIVITY, path, ZH)
    (event,) = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert event["SUMMARY"] == "很长的主题，" * 30 + " · 王芳"
    assert event["DTSTART"].dt == datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_any_text_is_folded_between_characters(value: str) -> None:
    data = line("NOTE", text(value))
    assert data.endswith(b"\r\n")
    for one in io.BytesIO(data).read().split(b"\r\n"):
        one.decode()
        assert len(one) <= 75
    whole = data.replace(b"\r\n ", b"")[:-2].decode().removeprefix("NOTE:")
    plain = whole.replace("\\\\", "\0").replace("\\;", ";").replace("\\,", ",")
    assert plain.replace("\\n", "\n").replace("\0", "\\") == value.replace("\ufffe", "").replace(
        "\uffff", ""
    )

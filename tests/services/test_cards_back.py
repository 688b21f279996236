"""Our own cards taken in again by the book they come from: what they carry is known."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from PIL import Image

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.fields import Address
from crm_desktop.domain.imports import Outcome
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.vcards import CardVersion
from crm_desktop.exchange.mapping import Existing
from crm_desktop.services.house import Services
from crm_desktop.words import LANGUAGES, Words


@pytest.mark.parametrize("version", CardVersion)
@pytest.mark.parametrize("language", LANGUAGES)
def test_lunar_days_notes_tags_and_several_phones(
    services: Services, tmp_path: Path, version: CardVersion, language: str
) -> None:
    company = services.records.create(Kind.COMPANY, {"name": "恒远精密机械有限公司"})
    for name, day, more in (
        ("张明", Birthday(8, 15, None, lunar=True), {"notes": "两行\n第二行"}),
        ("李敏", Birthday(4, 1, 1985, lunar=True), {"tags": ("展会", "A&B")}),
        ("王芳", Birthday(5, 6, None), {"email": ("a@b.cn", "c@d.cn")}),
        ("赵六", Birthday(7, 8, None), {"handle": ("Skype: zhao liu", "LINE, zl88")}),
    ):
        mobile = (f"1390000{len(name)}{day.month:03}", f"1381111{day.day:04}")
        values = {"name": name, "birthday": day, "mobile": mobile, "company": company, **more}
        services.records.create(Kind.PERSON, values)
    path, words = tmp_path / "people.vcf", Words(language)
    services.exports.export(Kind.PERSON, path, words, cards_as=version)
    report = services.imports.run(path, services.imports.preview(path).plan, words)
    told = report.plain()
    assert [told[key] for key in ("created", "updated", "same", "failed")] == [0, 0, 4, 0]
    assert not report.problems


@pytest.mark.parametrize("version", CardVersion)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gender_comes_into_a_book_that_knows_nobody(
    services: Services, tmp_path: Path, version: CardVersion, language: str
) -> None:
    genders = {"张明": "male", "李敏": "female", "王芳": ""}
    for name, code in genders.items():
        gender = services.lists.by_code("gender", code).id if code else None
        services.records.create(Kind.PERSON, {"name": name, "gender": gender})
    path, words = tmp_path / "people.vcf", Words(language)
    services.exports.export(Kind.PERSON, path, words, cards_as=version)
    services.records.trash(Kind.PERSON, services.records.ids(Kind.PERSON))
    report = services.imports.run(path, services.imports.preview(path).plan, words)
    assert not report.problems
    assert report.by_kind == {"people": 3}
    rows = services.records.rows(Kind.PERSON, services.records.ids(Kind.PERSON), ["name", "gender"])
    codes = {item.id: item.code for item in services.lists.all_items("gender")}
    assert {row.values[0]: codes.get(row.values[1], "") for row in rows} == genders


@pytest.mark.parametrize("version", CardVersion)
def test_addresses_one_and_several(
    services: Services, tmp_path: Path, version: CardVersion
) -> None:
    shenzhen = Address("科技路1号", "南山区", "深圳市", "广东省", "518000")
    shanghai = Address("世纪大道8号", "浦东新区", "上海市", country="中国")
    london = Address("1 Main St", "", "London", "", "N1", "UK")
    camden = Address("12 High St", "Camden", "London")
    several = (shenzhen, london), (shanghai, shenzhen, london), (london, camden, shanghai, shenzhen)
    for number, address in enumerate(
        ((shenzhen,), (shanghai,), (london,), (camden,), (Address("只有街道"),), *several)
    ):
        values = {"name": f"张明{number}", "mobile": (f"1390000000{number}",), "address": address}
        services.records.create(Kind.PERSON, values)
        services.records.create(Kind.COMPANY, {"name": f"公司{number}", "address": address})
    for kind in (Kind.PERSON, Kind.COMPANY):
        path = tmp_path / f"{kind}.vcf"
        services.exports.export(kind, path, Words("zh"), cards_as=version)
        report = services.imports.run(path, services.imports.preview(path).plan, Words("zh"))
        assert report.outcomes == {Outcome.SAME: 8}
        assert report.gesture is None


def test_another_address_is_added(services: Services, tmp_path: Path) -> None:
    known = Address("科技路12号", "", "深圳市")
    values = {"name": "张明", "mobile": ("13900000001",), "address": (known,)}
    person = services.records.create(Kind.PERSON, values)
    path = tmp_path / "one.vcf"
    path.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:张明\nTEL;TYPE=cell:13900000001\n"
        "ADR:;;科技路12号;深圳市;;;\nADR:;;科技路21号;深圳市;;518000;中国\nEND:VCARD\n",
        "utf-8",
    )
    report = services.imports.run(path, services.imports.preview(path).plan, Words("zh"))
    assert report.outcomes == {Outcome.UPDATED: 1}
    held = services.records.card(Kind.PERSON, person).values["address"]
    assert held == (known, Address("深圳市科技路21号, 518000, 中国"))


def picture(colour: str) -> bytes:
    """A small JPEG."""
    file = io.BytesIO()
    Image.new("RGB", (20, 30), colour).save(file, "jpeg")
    return file.getvalue()


def with_photo(name: str, data: bytes) -> str:
    coded = base64.b64encode(data).decode()
    return (
        f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nTEL;TYPE=cell:13900000001\n"
        f"PHOTO;ENCODING=b;TYPE=JPEG:{coded}\nEND:VCARD\n"
    )


@pytest.mark.parametrize("version", CardVersion)
def test_pictures_come_in_go_out_and_are_undone(
    services: Services, tmp_path: Path, version: CardVersion
) -> None:
    red, blue, path = picture("red"), picture("blue"), tmp_path / "one.vcf"
    path.write_text(with_photo("张明", red), "utf-8")
    words, imports = Words("zh"), services.imports
    plan = imports.preview(path).plan
    checked = imports.check(path, plan, words)
    report = imports.run(path, plan, words)
    assert checked.values == report.values
    assert report.values["person.photo"] == 1
    (person,) = services.records.ids(Kind.PERSON)
    assert services.people.picture(person) == red

    out = tmp_path / "out.vcf"
    services.exports.export(Kind.PERSON, out, words, cards_as=version)
    again = imports.run(out, imports.preview(out).plan, words)
    assert (again.outcomes, again.gesture) == ({Outcome.SAME: 1}, None)

    path.write_text(with_photo("张明", blue), "utf-8")
    plan = imports.preview(path).plan
    kept = imports.run(path, plan, words)
    assert [one.code for one in kept.problems] == ["import.picture_kept"]
    assert services.people.picture(person) == red
    plan.existing = Existing.OVERWRITE
    assert imports.run(path, plan, words).outcomes == {Outcome.UPDATED: 1}
    assert services.people.picture(person) == blue
    services.history.undo()
    assert services.people.picture(person) == red
    services.history.undo()
    assert services.records.count(Kind.PERSON) == 0


def test_a_picture_set_and_removed_by_hand(services: Services) -> None:
    person = services.records.create(Kind.PERSON, {"name": "张明"})
    with pytest.raises(Refused) as refusal:
        services.people.set_picture(person, b"%PDF-1.7")
    assert refusal.value.code == "people.no_picture"
    services.people.set_picture(person, picture("green"))
    services.people.remove_picture(person)
    assert services.people.picture(person) is None
    services.history.undo()
    assert services.people.picture(person) == picture("green")

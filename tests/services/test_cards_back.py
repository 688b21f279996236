"""Our own cards taken in again by the book they come from: what they carry is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.vcards import CardVersion
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
    ):
        mobile = (f"1390000{len(name)}{day.month:03}", f"1381111{day.day:04}")
        values = {"name": name, "birthday": day, "mobile": mobile, "company": company, **more}
        services.records.create(Kind.PERSON, values)
    path, words = tmp_path / "people.vcf", Words(language)
    services.exports.export(Kind.PERSON, path, words, cards_as=version)
    report = services.imports.run(path, services.imports.preview(path).plan, words)
    told = report.plain()
    assert [told[key] for key in ("created", "updated", "same", "failed")] == [0, 0, 3, 0]
    assert not report.problems

"""Long work stopped at every step: the book is as before, and nothing half is left behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crm_desktop.data.digest import content_digest
from crm_desktop.data.tables import METADATA
from crm_desktop.domain.kinds import Kind
from crm_desktop.progress import Cancelled, Progress
from crm_desktop.services.house import Services
from crm_desktop.words import Words

Work = Callable[[Services, Path, Progress], object]
_WORDS = Words("en")


class _StopsAt(Progress):
    """Asks to stop at the step of that number."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.left = number

    def step(self, done: int, total: int = 0) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled
        super().step(done, total)


def _imported(services: Services, folder: Path, progress: Progress) -> object:
    path = folder.parent / "list.csv"
    plan = services.imports.preview(path, progress=progress).plan
    return services.imports.run(path, plan, _WORDS, progress=progress)


def _exported(ending: str) -> Work:
    return lambda services, folder, progress: services.exports.export(
        Kind.PERSON, folder / f"out.{ending}", _WORDS, progress=progress
    )


def _printed(services: Services, folder: Path, progress: Progress) -> object:
    return services.exports.pdf(Kind.PERSON, folder / "out.pdf", _WORDS, progress=progress)


def _backed_up(services: Services, _folder: Path, progress: Progress) -> object:
    return services.backups.make(progress=progress)


def _erased(services: Services, _folder: Path, progress: Progress) -> object:
    refs = [services.records.card(Kind.PERSON, each).ref for each in _people(services)[:3]]
    return services.erasing.erase(refs, progress)


def _people(services: Services) -> list[int]:
    return list(services.records.ids(Kind.PERSON))


_WORK: dict[str, Work] = {
    "import": _imported,
    "workbook": _exported("xlsx"),
    "csv": _exported("csv"),
    "cards": _exported("vcf"),
    "pdf": _printed,
    "backup": _backed_up,
    "erase": _erased,
}


@pytest.mark.parametrize("name", list(_WORK))
def test_stopped_at_any_step_it_leaves_nothing(
    services: Services, tmp_path: Path, name: str
) -> None:
    rows = "".join(f"Person {n},Company {n % 9},138000{n:05}\n" for n in range(400))
    (tmp_path / "list.csv").write_text(f"Name,Company,Mobile\n{rows}", encoding="utf-8")
    for number in range(40):
        company = services.records.create(Kind.COMPANY, {"name": f"Old company {number}"})
        services.people.add_job(
            services.records.create(Kind.PERSON, {"name": f"Old {number}"}),
            company,
        )
    folder = tmp_path / "out"
    folder.mkdir()

    def state() -> tuple[str, list[Path]]:
        with services.book.read() as session:
            digest = content_digest(session, METADATA)
        files = sorted(
            file
            for file in tmp_path.rglob("*")
            if file.is_file() and not file.name.endswith(("-wal", "-shm", ".lock"))
        )
        return digest, files

    before, stopped = state(), 0
    while True:
        try:
            _WORK[name](services, folder, _StopsAt(stopped))
        except Cancelled:
            stopped += 1
            assert state() == before, f"stopped at step {stopped}"
            continue
        break
    assert stopped > 0
    assert state() != before

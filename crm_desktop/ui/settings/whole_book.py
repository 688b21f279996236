"""The whole book as one JSON file, and the way back: a card of the settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QProgressBar, QWidget

from crm_desktop.domain.problems import Refused
from crm_desktop.services import dumps
from crm_desktop.ui.context import Context, sentence
from crm_desktop.ui.file_dialogs import (
    FileKind,
    Purpose,
    ask_open,
    ask_save,
    open_file,
    show_folder,
)
from crm_desktop.ui.jobs import Job
from crm_desktop.ui.language import tr
from crm_desktop.ui.settings.group import explain, flow
from crm_desktop.ui.widgets import Button, Card, PlainLabel


class WholeBook(Card):
    """Saves everything with a bar that can be stopped; `restore(path, name)` asks and restores."""

    def __init__(self, context: Context, restore: Callable[[Path, str], None]) -> None:
        super().__init__()
        self._context = context
        self._ask_and_restore = restore
        self._job: Job | None = None
        self._about = PlainLabel(role="small", tone="muted", wrap=True)
        self.save = Button(icon_name="download", small=True)
        self.save.clicked.connect(self._ask_where)
        self.restore = Button(icon_name="archive-restore", small=True)
        self.restore.clicked.connect(self._ask_which)
        self.stop = Button(small=True)
        self.stop.clicked.connect(self._stop)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.told = PlainLabel(tone="muted", wrap=True)
        parts: tuple[QWidget, ...] = (
            self._about, flow(self.save, self.restore, self.stop), self.bar, self.told,
        )  # fmt: skip
        for part in parts:
            self.body.addWidget(part)
        for hidden in (self.stop, self.bar, self.told):
            hidden.hide()

    def retranslate(self) -> None:
        """All words again."""
        self.set_title(tr("dump.title"))
        explain(self._about, tr("dump.about"))
        self.save.setText(tr("dump.save"))
        self.restore.setText(tr("dump.restore"))
        self.stop.setText(tr("common.cancel"))
        self.bar.setAccessibleName(tr("dump.saving"))

    def save_to(self, path: Path) -> None:
        """Write everything into `path`."""
        book = self._context.services.book

        def done(counts: dict[str, int]) -> None:
            self._context.window.toast(
                tr("dump.saved", name=path.name, count=sum(counts.values())),
                choices=(
                    (tr("common.open"), lambda: open_file(path)),
                    (tr("common.show_in_folder"), lambda: show_folder(path)),
                ),
            )

        def refused(why: Refused) -> None:
            self.told.setText(sentence(why))
            self.told.show()

        self.told.hide()
        self._show(busy=True)
        self._job = self._context.jobs.run_long_reader(
            lambda progress: dumps.dump(book, path, progress), done, refused=refused
        )
        self._job.progressed.connect(self._step)
        self._job.finished.connect(lambda: self._show(busy=False))

    def _ask_where(self) -> None:
        name = f"{Path(self._context.services.book.path).stem}{dumps.ENDING}"
        chosen = ask_save(self, Purpose.BACKUP, tr("dump.save"), name=name, kinds=(_kind(),))
        if chosen is not None:
            self.save_to(chosen.path)

    def _ask_which(self) -> None:
        path = ask_open(self, Purpose.BACKUP, tr("dump.restore"), kinds=(_kind(),))
        if path is not None:
            self._ask_and_restore(path, path.name)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _step(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _show(self, *, busy: bool) -> None:
        self.bar.setRange(0, 0)
        self.bar.setVisible(busy)
        self.stop.setVisible(busy)
        self.save.setEnabled(not busy)
        self.restore.setEnabled(not busy)
        if not busy:
            self._job = None


def _kind() -> FileKind:
    return FileKind("JSON", (dumps.ENDING.removeprefix("."),))

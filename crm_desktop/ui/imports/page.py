"""The import page: four steps that can be left and taken up again."""

from __future__ import annotations

from datetime import UTC, date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout

from crm_desktop.domain.imports import ImportReport, Outcome
from crm_desktop.domain.problems import Refused
from crm_desktop.services.imports import ImportPlan, Preview, Wishes
from crm_desktop.ui.context import Context, sentence
from crm_desktop.ui.formats import number
from crm_desktop.ui.imports.check_step import CheckStep
from crm_desktop.ui.imports.columns_step import ColumnsStep
from crm_desktop.ui.imports.done_step import DoneStep
from crm_desktop.ui.imports.draft import Custom, Draft, own_fields
from crm_desktop.ui.imports.file_step import FileStep, choose_file
from crm_desktop.ui.imports.naming import records_place
from crm_desktop.ui.imports.stepper import Stepper
from crm_desktop.ui.imports.waiting import Waiting
from crm_desktop.ui.jobs import Job
from crm_desktop.ui.language import tr, words
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import Place
from crm_desktop.ui.table.pasted import forget_pasted
from crm_desktop.ui.theme.tokens import GAP, GAP_CARD, GAP_PAGE
from crm_desktop.ui.widgets import Banner, Button, PlainLabel, PrimaryButton
from crm_desktop.ui.widgets.scrolled import Scrolled

FILE, COLUMNS, CHECK, DONE = range(4)
_STEPS = ("file", "columns", "check", "done")
_MEND_PAUSE = 250  # milliseconds: several mended cells are checked together


class ImportPage(Page):
    """From a foreign file to records, with a look at everything before it is written."""

    key = "import"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.draft: Draft | None = None
        self.result: ImportReport | None = None
        self._imported_on: date | None = None
        self.step = FILE
        self._job: Job | None = None
        self._trouble: Refused | None = None
        self._failed_path: Path | None = None
        self._resumed: dict[str, Any] | None = None
        self._build()
        self._mend = QTimer(self, singleShot=True, interval=_MEND_PAUSE)
        self._mend.timeout.connect(self._check)
        self.retranslate()
        self._show_step(FILE)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(GAP_PAGE, GAP_CARD, GAP_PAGE, GAP_CARD)
        outer.setSpacing(GAP_CARD)
        self.stepper = Stepper(len(_STEPS))
        self.stepper.wished.connect(self._go_back)
        head = QHBoxLayout()
        head.addWidget(self.stepper)
        head.addStretch(1)
        outer.addLayout(head)
        self.trouble = Banner("", kind="red")
        self.trouble.acted.connect(self._trouble_acted)
        self.trouble.hide()
        outer.addWidget(self.trouble)
        self.file_step, self.columns_step = FileStep(), ColumnsStep()
        self.check_step, self.done_step = CheckStep(), DoneStep()
        self._stack = QStackedWidget()
        for step in (self.file_step, self.columns_step, self.check_step, self.done_step):
            self._stack.addWidget(Scrolled(step))
        outer.addWidget(self._stack, 1)
        self.waiting = Waiting()
        self.waiting.cancelled.connect(self._cancel)
        outer.addWidget(self.waiting)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        self.back, self.next = Button(), PrimaryButton()
        self.back.clicked.connect(lambda: self._go_back(self.step - 1))
        self.next.clicked.connect(self._go_on)
        self._why = PlainLabel(tone="muted", wrap=True)
        foot.addWidget(self.back)
        foot.addWidget(self._why, 1)
        foot.addWidget(self.next)
        outer.addLayout(foot)
        self.file_step.file_wished.connect(self._choose)
        self.file_step.file_dropped.connect(lambda name: self.open_file(Path(name)))
        self.file_step.sheet_chosen.connect(self._sheet_chosen)
        self.file_step.text_chosen.connect(self._text_chosen)
        self.file_step.kind_chosen.connect(lambda kind: self._guess_again(kind=kind))
        self.file_step.header_chosen.connect(lambda row: self._guess_again(header_row=row))
        self.columns_step.changed.connect(self._show_foot)
        self.check_step.check_wished.connect(self._mend_later)
        self.done_step.undo_wished.connect(self.undo)
        self.done_step.show_wished.connect(self._show_records)
        self.done_step.again_wished.connect(self.start_over)

    # ---- the page

    def title(self) -> str:
        """The words at the top of the page and of its own window."""
        return tr("shell.page.import")

    def retranslate(self) -> None:
        """All words again; nothing typed is lost."""
        self.stepper.set_texts(self.title(), [tr(f"import_page.step.{step}") for step in _STEPS])
        self.back.setText(tr("common.back"))
        for step in (self.file_step, self.columns_step, self.check_step, self.done_step):
            step.retranslate()
        self.waiting.retranslate()
        if self._trouble is not None:
            self._show_trouble(self._trouble)
        self._show_foot()

    def show_place(self, place: Place) -> None:
        """A file dropped on the window, or chosen elsewhere, comes as a wish of the place."""
        if name := place.wish("file"):
            self._resumed = None
            self.open_file(Path(name), kind=place.wish("kind"))
            # The wish is granted once: coming back here later must not open the file again.
            QTimer.singleShot(0, lambda: self.context.navigator.replace(Place(self.key)))

    def refresh(self) -> None:
        """Take up the import that was under way when the program was closed."""
        kept, self._resumed = self._resumed, None
        if kept is not None and self.draft is None and self._job is None:
            self.open_file(Path(str(kept["path"])), kept)

    def state(self) -> dict[str, Any]:
        """The file and the plan; mended cells stay with the page only."""
        if self._resumed is not None:
            return self._resumed
        if self.draft is None or self.step == DONE:
            return {"path": ""}
        plan = self.draft.plan.to_json()
        return {"path": str(self.draft.path), "plan": plan, "step": min(self.step, COLUMNS)}

    def restore(self, state: dict[str, Any]) -> None:
        """Remember what was under way; the file is read when the page is shown."""
        if state.get("path"):
            self._resumed = state

    # ---- step 1

    def open_file(self, path: Path, kept: dict[str, Any] | None = None, **wishes: str) -> None:
        """Read a file; `kept` is the state of an import to go on with."""
        if self._job is not None:
            self._job.cancel()
        self._clear_trouble()
        self._failed_path = None
        services = self.context.services

        def read(progress: Any) -> tuple[Preview, Custom, dict[str, str]]:
            preview = services.imports.preview(path, progress=progress, **wishes)
            return preview, *own_fields(services)

        def opened(found: tuple[Preview, Custom, dict[str, str]]) -> None:
            self._end_job()
            preview, custom, names = found
            draft = Draft(preview, preview.plan, custom, names)
            draft.plan.encoding = wishes.get("encoding", "")
            draft.plan.delimiter = wishes.get("delimiter", "")
            self.draft, self.result = draft, None
            self._show_step(self._take_up(draft, kept) if kept else FILE)

        def refused(why: Refused) -> None:
            self._end_job()
            self._failed_path = path
            if self.step != FILE:
                self._show_step(FILE)
            self._show_trouble(why)
            if self.draft is not None:
                self.file_step.show_draft(self.draft)  # combos show what is still so

        job = self.context.jobs.run_long_reader(
            read, opened, refused=refused, cancelled=self._end_job
        )
        self._begin_job("import_page.reading", job)

    @staticmethod
    def _take_up(draft: Draft, kept: dict[str, Any]) -> int:
        try:
            plan = ImportPlan.from_json(str(kept.get("plan", "")))
        except ValueError:
            return FILE
        return int(kept.get("step", FILE)) if draft.take_up(plan) else FILE

    def _choose(self) -> None:
        if path := choose_file(self):
            self.open_file(path)

    def _sheet_chosen(self, name: str) -> None:
        assert self.draft is not None
        self.open_file(self.draft.path, sheet=name)

    def _text_chosen(self, encoding: str, delimiter: str) -> None:
        assert self.draft is not None
        self.open_file(self.draft.path, encoding=encoding, delimiter=delimiter)

    def _guess_again(self, *, header_row: int | None = None, kind: str = "") -> None:
        assert self.draft is not None
        self.draft.guess_again(header_row=header_row, kind=kind)
        self.file_step.show_draft(self.draft)
        self._show_foot()

    # ---- steps 3 and 4

    def _check(self) -> None:
        draft = self.draft
        assert draft is not None
        if self._job is not None:
            self._mend.start()
            return
        self._clear_trouble()
        imports, plan, said = self.context.services.imports, draft.plan, words()
        wishes = Wishes(dict(draft.wishes.fixes), set(draft.wishes.left_out))

        def checked(report: ImportReport) -> None:
            self._end_job()
            if draft is not self.draft:
                return
            draft.report = report
            self.check_step.show_report(draft, report)
            self._show_step(CHECK)

        job = self.context.jobs.run_long_reader(
            lambda progress: imports.check(
                draft.path, plan, said, wishes=wishes, progress=progress
            ),
            checked,
            refused=self._refused,
            cancelled=self._end_job,
        )
        self._begin_job("import_page.checking", job)

    def _mend_later(self) -> None:
        self._mend.start()
        self._show_foot()

    def run(self) -> None:
        """Take the file in, as one gesture."""
        draft = self.draft
        assert draft is not None
        self._clear_trouble()
        imports, said = self.context.services.imports, words()

        def done(report: ImportReport) -> None:
            self._end_job()
            self.result = report
            # Moments are kept in UTC; so is the day that names them.
            self._imported_on = self.context.clock.now().astimezone(UTC).date()
            self.done_step.show_result(draft, report)
            self._show_step(DONE)
            self.keep_state()
            forget_pasted(self.context.home)

        job = self.context.jobs.run_writer(
            lambda progress: imports.run(
                draft.path, draft.plan, said, wishes=draft.wishes, progress=progress
            ),
            done,
            refused=self._refused,
            cancelled=self._end_job,
        )
        self._begin_job("import_page.importing", job)

    def undo(self) -> None:
        """Take the import back; what was changed since is kept and counted."""
        report, draft = self.result, self.draft
        if report is None or report.gesture is None or draft is None:
            return
        gesture = report.gesture

        def undone(result: Any) -> None:
            kept = len(result.kept) + len(result.blocked)
            told = tr("import_page.undone")
            if kept:
                told = f"{told} {tr('import_page.undo_kept', count=kept)}"
            self.done_step.show_result(draft, report, told)

        self.write(
            lambda: self.context.services.history.undo(gesture), undone, refused=self._refused
        )

    def start_over(self) -> None:
        """Another file."""
        forget_pasted(self.context.home)
        self.draft = self.result = None
        self._clear_trouble()
        self._show_step(FILE)

    def _show_records(self) -> None:
        assert self.draft is not None
        assert self.result is not None
        self.go(records_place(self.result, self.draft.plan.kind, self._imported_on))

    # ---- going on and back

    def _go_on(self) -> None:
        if self.step == FILE:
            self._show_step(COLUMNS)
            self.columns_step.first_focus().setFocus()
        elif self.step == COLUMNS:
            self._check()
        else:
            self.run()

    def _go_back(self, step: int) -> None:
        if self._job is None and FILE <= step < self.step:
            self._clear_trouble()
            self._show_step(step)

    def _show_step(self, step: int) -> None:
        self.step = step
        if step == FILE:
            self.file_step.show_draft(self.draft)
        elif step == COLUMNS and self.draft is not None:
            self.columns_step.show_draft(self.draft)
        self._stack.setCurrentIndex(step)
        self._show_foot()
        if self.hasFocus():  # since a job began
            (self.done_step.show_button if step == DONE else self.next).setFocus()

    def _show_foot(self) -> None:
        """The buttons at the foot, and why one cannot go on."""
        busy = self._job is not None or self._mend.isActive()
        self.stepper.show_step(self.step, back=self.step < DONE and not busy)
        at_work = self.draft is not None and self.step < DONE
        self.back.setVisible(at_work and self.step > FILE)
        self.next.setVisible(at_work)
        self.back.setEnabled(not busy)
        self._stack.setEnabled(self._job is None or self.step == CHECK)
        why = ""
        self.next.setText(tr("common.next"))
        if self.draft is None:
            pass
        elif self.step == COLUMNS:
            why = self.columns_step.trouble()
        elif self.step == CHECK:
            count = self.check_step.to_import()
            self.next.setText(tr("import_page.run", count=count, number=number(count)))
            why = "" if count else tr("import_page.nothing_to_do")
            report = self.draft.report
            failed = report.count(Outcome.FAILED) if report is not None else 0
            if count and failed:
                why = tr("import_page.failed_stay_out", count=failed)
                self._why.setText(why)
                self.next.setEnabled(not busy)
                return
        self._why.setText(why)
        self.next.setEnabled(not busy and not why)

    # ---- jobs and their troubles

    def _begin_job(self, key: str, job: Job) -> None:
        # The buttons at the foot are locked meanwhile: the keyboard waits on the page itself.
        if self.isAncestorOf(QApplication.focusWidget() or self.window()):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._job = job
        self.waiting.start(key, job)
        self._show_foot()

    def _end_job(self) -> None:
        self._job = None
        self.waiting.stop()
        self._show_foot()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _refused(self, why: Refused) -> None:
        self._end_job()
        self._show_trouble(why)

    def _show_trouble(self, why: Refused) -> None:
        self._trouble = why
        actions = [("other", tr("import_page.other_file"))]
        if self._failed_path is not None:
            actions.insert(0, ("again", tr("common.try_again")))
        self.trouble.set_text(sentence(why), actions=actions)
        self.trouble.show()

    def _clear_trouble(self) -> None:
        self._trouble = None
        self.trouble.hide()

    def _trouble_acted(self, key: str) -> None:
        if key == "again" and self._failed_path is not None:
            self.open_file(self._failed_path)
        else:
            self._choose()

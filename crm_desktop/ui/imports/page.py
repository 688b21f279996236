"""The import page: four steps that can be left and taken up again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from crm_desktop.domain.imports import ImportReport, Outcome
from crm_desktop.domain.problems import Refused
from crm_desktop.pasted import forget_pasted
from crm_desktop.services.imports import Preview
from crm_desktop.typed_texts import Tells
from crm_desktop.ui.context import Context
from crm_desktop.ui.imports.at_work import AtWork
from crm_desktop.ui.imports.check_step import CheckStep
from crm_desktop.ui.imports.columns_step import ColumnsStep
from crm_desktop.ui.imports.done_step import DoneStep
from crm_desktop.ui.imports.draft import Custom, Draft, own_fields
from crm_desktop.ui.imports.file_step import FileStep, ask_for_problem_rows, choose_file
from crm_desktop.ui.imports.first_followup import plan_first
from crm_desktop.ui.imports.foot import Foot
from crm_desktop.ui.imports.lines import Lines
from crm_desktop.ui.imports.naming import records_place
from crm_desktop.ui.imports.stepper import Stepper
from crm_desktop.ui.imports.taking_in import checking, saving_problems, taking_in
from crm_desktop.ui.imports.telling import tell_given_up, tell_saved
from crm_desktop.ui.jobs import Job
from crm_desktop.ui.language import tr, words
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import Place
from crm_desktop.ui.theme.tokens import GAP_CARD, GAP_PAGE
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
        self.step = FILE
        self._failed: tuple[Path, dict[str, Any] | None] | None = None
        self._resumed: dict[str, Any] | None = None
        self._checked_in = words()
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
        self.at_work = AtWork(self)
        self.at_work.changed.connect(self._show_foot)
        self.at_work.again_wished.connect(self._try_again)
        self.at_work.other_file_wished.connect(self._choose)
        self.trouble, self.waiting = self.at_work.trouble, self.at_work.waiting
        outer.addWidget(self.trouble)
        self.file_step, self.columns_step = FileStep(), ColumnsStep(self.context)
        self.check_step, self.done_step = CheckStep(), DoneStep()
        self._stack = QStackedWidget()
        for step in (self.file_step, self.columns_step, self.check_step, self.done_step):
            self._stack.addWidget(Scrolled(step))
        outer.addWidget(self._stack, 1)
        outer.addWidget(self.waiting)
        foot = self._foot = Foot()
        self._why = foot.why
        self.back, self.next, self.give_up = foot.back, foot.next, foot.give_up
        self.back.clicked.connect(lambda: self._go_back(self.step - 1))
        self.next.clicked.connect(self._go_on)
        self.give_up.clicked.connect(self._given_up)
        outer.addLayout(foot)
        self.file_step.file_wished.connect(self._choose)
        self.file_step.file_dropped.connect(lambda name: self.open_file(Path(name)))
        self.file_step.sheet_chosen.connect(self._sheet_chosen)
        self.file_step.text_chosen.connect(self._text_chosen)
        self.file_step.kind_chosen.connect(lambda kind: self._guess_again(kind=kind))
        self.file_step.header_chosen.connect(lambda row: self._guess_again(header_row=row))
        self.columns_step.changed.connect(self._show_foot)
        self.columns_step.changed.connect(self.keep_state)
        self.columns_step.anew_wished.connect(self._forget_last_time)
        self.check_step.check_wished.connect(self._mend_later)
        self.check_step.save_wished.connect(self._save_problems)
        self.done_step.save_wished.connect(self._save_problems)
        self.done_step.undo_wished.connect(self.undo)
        self.done_step.show_wished.connect(self._show_records)
        self.done_step.again_wished.connect(self.start_over)
        self.done_step.followup_wished.connect(self.plan_followup)
        self.done_step.layout_wished.connect(self.columns_step.name_layout)

    # ---- the page

    def title(self) -> str:
        """The words at the top of the page and of its own window."""
        return tr("shell.page.import")

    def retranslate(self) -> None:
        """All words again; nothing typed is lost."""
        self.stepper.set_texts(self.title(), [tr(f"import_page.step.{step}") for step in _STEPS])
        self._foot.retranslate()
        for step in (self.file_step, self.columns_step, self.check_step, self.done_step):
            step.retranslate()
        self.at_work.retranslate()
        self._show_foot()
        if self.step == CHECK and self.draft is not None and words() is not self._checked_in:
            self._mend_later()  # values are told in words of the language, too

    def show_place(self, place: Place) -> None:
        """A file dropped on the window, or chosen elsewhere, comes as a wish of the place."""
        if name := place.wish("file"):
            self.open_file(Path(name), kind=place.wish("kind"))
            # The wish is granted once: coming back here later must not open the file again.
            QTimer.singleShot(0, self, lambda: self.context.navigator.replace(Place(self.key)))

    def refresh(self) -> None:
        """Take up the import that was under way when the program was closed."""
        if (kept := self._resumed) is not None and self.draft is None and self._job is None:
            self.open_file(Path(str(kept["path"])), kept)

    def state(self) -> dict[str, Any]:
        """The file, the plan, and what was decided about its rows."""
        if self._resumed is not None:
            return self._resumed
        if self.draft is None or self.step == DONE:
            return {"path": ""}
        return {**self.draft.kept(), "step": min(self.step, COLUMNS)}

    def keep_state(self) -> None:
        super().keep_state()
        if self.place is not None:
            self.context.window.show_import(under_way=bool(self.state()["path"]))

    def restore(self, state: dict[str, Any]) -> None:
        """Remember what was under way; the file is read when the page is shown."""
        if state.get("path"):
            self._resumed = state

    # ---- step 1

    def open_file(self, path: Path, kept: dict[str, Any] | None = None, **wishes: Any) -> None:
        """Read a file; `kept` is the state of an import to go on with."""
        self.at_work.cancel()
        self.at_work.clear()
        self._failed, self._resumed, self.at_work.may_try_again = None, kept, False
        services = self.context.services

        def read(progress: Any) -> tuple[Preview, Custom, dict[str, str]]:
            preview = services.imports.preview(path, progress=progress, **wishes)
            return preview, *own_fields(services)

        def ended() -> None:
            self._resumed = None
            self.at_work.end()

        def opened(found: tuple[Preview, Custom, dict[str, str]]) -> None:
            ended()
            preview, custom, names = found
            if preview.ours and kept is None and not any(wishes.values()):
                self.go(Place.to("roundtrip", file=str(path)))
                return
            draft = Draft(preview, preview.plan, custom, names, as_last_time=preview.remembered)
            self.draft, self.result = draft, None
            self._show_step(int((kept or {}).get("step", FILE)) if draft.resume(kept) else FILE)

        def refused(why: Refused) -> None:
            ended()
            self._failed, self.at_work.may_try_again = (path, kept), True
            if self.step != FILE:
                self._show_step(FILE)
            self.at_work.show_trouble(why)
            if self.draft is not None:
                self.file_step.show_draft(self.draft)  # combos show what is still so

        job = self.context.jobs.run_long_reader(read, opened, refused=refused, cancelled=ended)
        self.at_work.begin("import_page.reading", job)

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

    def _forget_last_time(self) -> None:
        assert self.draft is not None
        self.draft.guess_again()
        self.columns_step.show_draft(self.draft)
        self._show_foot()

    # ---- steps 3 and 4

    def _check(self) -> None:
        draft = self.draft
        assert draft is not None
        if self._job is not None:
            self._mend.start()
            return
        self.at_work.clear()
        self._checked_in = words()

        def checked(found: tuple[ImportReport, Lines]) -> None:
            self.at_work.end()
            if draft is not self.draft:
                return
            draft.report, lines = found
            at_lines = self.check_step.table.hasFocus()
            self.check_step.show_lines(draft, lines)
            self._show_step(CHECK)
            if at_lines and not self.check_step.table.isVisible():
                self.next.setFocus()

        job = self.context.jobs.run_long_reader(
            checking(self.context, draft),
            checked,
            refused=self.at_work.refuse,
            cancelled=self.at_work.end,
        )
        self.at_work.begin("import_page.checking", job, locks=self.step != CHECK)

    def _mend_later(self) -> None:
        self._mend.start()
        self.keep_state()
        self._show_foot()

    def run(self) -> None:
        """Take the file in, as one gesture."""
        draft = self.draft
        assert draft is not None
        self.at_work.clear()

        def done(report: ImportReport) -> None:
            self.at_work.end()
            self.result = report
            self.done_step.show_result(draft, report)
            self._show_step(DONE)
            forget_pasted(self.context.home, self.context.services.book.uid)

        job = self.context.jobs.run_writer(
            taking_in(self.context, draft),
            done,
            refused=self.at_work.refuse,
            cancelled=self.at_work.end,
        )
        self.at_work.begin("import_page.importing", job)

    def _save_problems(self) -> None:
        draft = self.draft
        report = self.result or (draft.report if draft is not None else None)
        if draft is None or report is None or self._job is not None:
            return
        if (path := ask_for_problem_rows(self, draft.path)) is not None:
            self.save_problems(path, report)

    def save_problems(self, path: Path, report: ImportReport) -> None:
        """Write the rows a report complains of, so that they can be mended and come back."""
        draft = self.draft
        assert draft is not None

        def saved(count: int) -> None:
            self.at_work.end()
            tell_saved(self.context, path, count)

        job = self.context.jobs.run_writer(
            saving_problems(self.context, draft, report, path),
            saved,
            refused=self.at_work.refuse,
            cancelled=self.at_work.end,
        )
        self.at_work.begin("import_page.saving_problems", job)

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
            lambda: self.context.services.history.undo(gesture), undone, refused=self.at_work.refuse
        )

    def start_over(self) -> None:
        """Another file."""
        forget_pasted(self.context.home, self.context.services.book.uid)
        self.draft = self.result = None
        self.at_work.clear()
        self._show_step(FILE)

    def _given_up(self) -> None:
        """Nothing was written yet; what was decided comes back with the offer of the toast."""
        draft, kept = self.draft, self.state()
        assert draft is not None
        self.start_over()
        self.file_step.ask.setFocus()
        tell_given_up(self.context, draft.path, lambda: self.open_file(draft.path, kept))

    def forget_told(self, tells: Tells) -> None:
        """What is not imported yet may tell of anybody, also where no cell was looked at."""
        if self.step != DONE:
            self._resumed = None
            self._mend.stop()
            self.at_work.cancel()
            self.start_over()

    def _show_records(self) -> None:
        if self.result is not None and self.draft is not None:
            self.go(records_place(self.result, self.draft.plan.kind))

    def plan_followup(self) -> None:
        """The same follow-up for each new record."""
        if (report := self.result) is not None and (draft := self.draft) is not None:
            plan_first(self.context, report, draft.plan.kind, self.done_step.followup)

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
            self.at_work.clear()
            self._show_step(step)

    def _show_step(self, step: int) -> None:
        self.step = step
        if step == FILE:
            self.file_step.show_draft(self.draft)
        elif step == COLUMNS and self.draft is not None:
            self.columns_step.show_draft(self.draft)
        self._stack.setCurrentIndex(step)
        self._show_foot()
        self.keep_state()
        if self.hasFocus():  # since a job began
            (self.done_step.show_button if step == DONE else self.next).setFocus()

    def _show_foot(self) -> None:
        """The buttons at the foot, and why one cannot go on."""
        busy = self._job is not None or self._mend.isActive()
        self.stepper.show_step(self.step, back=self.step < DONE and not busy)
        self._stack.setEnabled(self._job is None or self.step == CHECK)
        draft = self.draft if self.step < DONE else None
        self._foot.show_buttons(at_work=draft is not None, first=self.step == FILE, busy=busy)
        if draft is not None and self.step == CHECK:
            failed = draft.report.count(Outcome.FAILED) if draft.report is not None else 0
            self._foot.offer_import(self.check_step.to_import(), failed, busy=busy)
        else:
            step = self.columns_step if self.step else self.file_step
            self._foot.offer_next(step.trouble() if draft is not None else "", busy=busy)

    @property
    def _job(self) -> Job | None:
        return self.at_work.job

    def _try_again(self) -> None:
        assert self._failed is not None
        self.open_file(*self._failed)

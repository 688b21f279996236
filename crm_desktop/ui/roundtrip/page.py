"""The page of a list that came back edited: every change seen, then all of them at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.domain.kinds import OWNERS, PLURALS, Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.roundtrip import RoundTrip, RoundTripChoices, RoundTripResult, Side
from crm_desktop.services.imports import IMPORT_KINDS
from crm_desktop.ui.context import Context, sentence
from crm_desktop.ui.formats import moment_text, number
from crm_desktop.ui.imports.waiting import Waiting
from crm_desktop.ui.jobs import Job
from crm_desktop.ui.language import tr, words
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import LIST_OF_KIND, Place
from crm_desktop.ui.roundtrip.lines import LinesModel
from crm_desktop.ui.roundtrip.table import LinesTable
from crm_desktop.ui.theme.tokens import GAP, GAP_CARD, GAP_PAGE
from crm_desktop.ui.widgets import (
    Banner,
    Button,
    ElidedLabel,
    EmptyState,
    PlainLabel,
    PrimaryButton,
    Segmented,
)
from crm_desktop.ui.widgets.layouts import FlowLayout
from crm_desktop.ui.widgets.scrolled import Scrolled

_COUNTED = ("edits", "conflicts", "blanks", "new_rows", "missing", "problems")


class RoundTripPage(Page):
    """Old and new side by side; nothing is written before the one button is pressed."""

    key = "roundtrip"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.trip: RoundTrip | None = None
        self.choices = RoundTripChoices()
        self._path: Path | None = None
        self._job: Job | None = None
        self._trouble: Refused | None = None
        self._build()
        self.retranslate()

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_PAGE, GAP_CARD, GAP_PAGE, GAP_CARD)
        whole.setSpacing(GAP_CARD)
        inner = QWidget()
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(GAP_CARD)
        whole.addWidget(Scrolled(inner), 1)
        self.heading = PlainLabel(role="title", wrap=True)
        self.subtitle = PlainLabel(tone="muted", wrap=True)
        outer.addWidget(self.heading)
        outer.addWidget(self.subtitle)
        self.trouble = Banner("", kind="red")
        self.trouble.acted.connect(self._trouble_acted)
        self.trouble.hide()
        outer.addWidget(self.trouble)
        self._policies = QWidget()
        flow = FlowLayout(self._policies)
        flow.setSpacing(GAP_CARD)
        self._conflicts_label = PlainLabel()
        self.sides = Segmented([("theirs", ""), ("mine", "")], current="theirs")
        self.sides.changed.connect(self._side_chosen)
        self.blanks = QCheckBox()
        self.blanks.toggled.connect(self._blanks_chosen)
        self.missing = QCheckBox()
        self.missing.toggled.connect(self._missing_chosen)
        for widget in (self._conflicts_label, self.sides, self.blanks, self.missing):
            flow.addWidget(widget)
        outer.addWidget(self._policies)
        self.model = LinesModel()
        self.model.chosen.connect(self._show_foot)
        self.table = LinesTable(self.model)
        self.empty = EmptyState("file-spreadsheet", "")
        self.empty.primary_clicked.connect(self._other_file)
        self.empty.secondary_clicked.connect(self._to_list)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        outer.addWidget(self._stack, 1)
        self.waiting = Waiting()
        self.waiting.cancelled.connect(self._cancel)
        whole.addWidget(self.waiting)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(GAP)
        self.other, self.as_list, self.apply_button = Button(), Button(), PrimaryButton()
        self.other.clicked.connect(self._other_file)
        self.as_list.clicked.connect(self._import_as_list)
        self.apply_button.clicked.connect(self.apply)
        self._hint = ElidedLabel(role="small", tone="muted")
        for button in (self.other, self.as_list):
            foot.addWidget(button)
        foot.addWidget(self._hint, 1)
        foot.addWidget(self.apply_button)
        whole.addWidget(self._foot)

    # ---- the page

    def title(self) -> str:
        """The words at the top of the page and of its own window."""
        return tr("shell.page.roundtrip")

    def retranslate(self) -> None:
        """All words again."""
        self.other.setText(tr("import_page.other_file"))
        self.as_list.setText(tr("roundtrip_page.as_list"))
        self._hint.setText(tr("roundtrip_page.hint"))
        self._conflicts_label.setText(tr("roundtrip_page.conflicts"))
        self.sides.set_texts(
            [(side, tr(f"roundtrip_page.side.{side}")) for side in ("theirs", "mine")]
        )
        self.sides.setAccessibleName(tr("roundtrip_page.conflicts"))
        self.table.setAccessibleName(tr("shell.page.roundtrip"))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 5)
        self.model.refresh()
        self.waiting.retranslate()
        if self._trouble is not None:
            self._show_trouble(self._trouble)
        self._show()

    def show_place(self, place: Place) -> None:
        """The file to be looked at comes as a wish of the place."""
        if name := place.wish("file"):
            self.open_file(Path(name))
            # The wish is granted once: the same file, edited further, must be a new wish.
            QTimer.singleShot(0, self, lambda: self._granted(place))

    def _granted(self, place: Place) -> None:
        if self.context.navigator.here == place:
            self.context.navigator.replace(Place(self.key))

    def open_file(self, path: Path) -> None:
        """Compare a workbook with the book."""
        if self._job is not None:
            self._job.cancel()
        self._path, self.trip, self.choices = path, None, RoundTripChoices()
        self._clear_trouble()
        trips, said = self.context.services.round_trips, words()

        def opened(trip: RoundTrip) -> None:
            self._end_job()
            self.trip = trip
            self.blanks.setChecked(False)
            self.missing.setChecked(False)
            self.sides.set_current("theirs")
            self._show()
            if not trip.empty:
                self.table.setFocus()

        job = self.context.jobs.run_long_reader(
            lambda progress: trips.preview(path, said, progress),
            opened,
            refused=self._refused,
            cancelled=self._cancelled,
        )
        self._begin_job("import_page.reading", job)
        self._show()

    def apply(self) -> None:
        """Take over what is ticked, as one gesture."""
        trip = self.trip
        if trip is None or not self.choices.count(trip):
            return
        trips, choices = self.context.services.round_trips, self.choices
        self._clear_trouble()

        def done(result: RoundTripResult) -> None:
            self._end_job()
            count = result.cells + result.created + result.trashed
            told = tr("roundtrip_page.applied", count=count, number=number(count))
            self.trip = self._path = None
            self.go(_list_of(trip.kind))
            self.context.window.toast(told, undo=result.gesture is not None)
            self._show()

        job = self.context.jobs.run_writer(
            lambda progress: trips.apply(trip, choices, progress),
            done,
            refused=self._refused,
            cancelled=self._end_job,
        )
        self._begin_job("roundtrip_page.applying", job)

    # ---- choices

    def _side_chosen(self, key: str) -> None:
        self.choices.conflicts = Side(key)
        self.choices.by_cell.clear()
        self._chosen()

    def _blanks_chosen(self, clear: bool) -> None:
        self.choices.set_blanks(clear)
        self._chosen()

    def _missing_chosen(self, trash: bool) -> None:
        self.choices.trash = {one.id for one in self.trip.missing} if trash and self.trip else set()
        self._chosen()

    def _chosen(self) -> None:
        self.model.refresh()
        self._show_foot()

    # ---- showing

    def _show(self) -> None:
        trip = self.trip
        self.model.show_trip(trip, self.choices)
        something = trip is not None and not trip.empty
        self._stack.setCurrentWidget(self.table if something else self.empty)
        self._stack.setVisible(something or self._job is None)
        self._show_empty()
        name = self._path.name if self._path is not None else ""
        self.heading.setText(tr("roundtrip_page.heading", name=name) if name else self.title())
        self.subtitle.setText(self._summary())
        self.subtitle.setVisible(trip is not None)
        for widgets, count in (
            ((self._conflicts_label, self.sides), len(trip.conflicts) if trip else 0),
            ((self.blanks,), sum(one.blanked for one in trip.cells) if trip else 0),
            ((self.missing,), len(trip.missing) if trip else 0),
        ):
            for widget in widgets:
                widget.setVisible(bool(count))
            key = "blanks" if self.blanks in widgets else "missing"
            if len(widgets) == 1:
                box = getattr(self, key)
                box.setText(tr(f"roundtrip_page.take.{key}", count=count, number=number(count)))
        self._policies.setVisible(something)
        self._foot.setVisible(something)
        self._show_foot()

    def _summary(self) -> str:
        trip = self.trip
        if trip is None:
            return ""
        parts: list[str] = []
        if trip.made is not None:
            clock = self.context.clock
            when = moment_text(trip.made.astimezone(ZoneInfo(clock.zone)), clock.today())
            parts.append(tr("roundtrip_page.made", when=when))
        rows = tr("roundtrip_page.rows", count=trip.rows, number=number(trip.rows))
        parts.append(rows)
        parts += [
            tr(f"roundtrip_page.count.{key}", count=count, number=number(count))
            for key in _COUNTED
            if (count := len(getattr(trip, key)))
        ]
        if trip.ignored:
            names = ", ".join(trip.ignored)
            parts.append(tr("roundtrip_page.ignored", count=len(trip.ignored), names=names))
        return "  ·  ".join(parts)

    def _show_empty(self) -> None:
        if self.trip is not None:
            self.empty.set_texts(
                tr("roundtrip_page.nothing"),
                why=tr("roundtrip_page.nothing_why"),
                primary=tr("import_page.other_file"),
                secondary=tr("roundtrip_page.to_list"),
            )
        else:
            self.empty.set_texts(
                tr("roundtrip_page.none"),
                why=tr("roundtrip_page.none_why"),
                primary=tr("roundtrip_page.choose"),
            )

    def _show_foot(self) -> None:
        count = self.choices.count(self.trip) if self.trip is not None else 0
        busy = self._job is not None
        self.apply_button.setText(tr("roundtrip_page.apply", count=count, number=number(count)))
        self.apply_button.setEnabled(bool(count) and not busy)
        self.other.setEnabled(not busy)
        self.as_list.setEnabled(not busy)
        self.as_list.setVisible(self.trip is not None and PLURALS[self.trip.kind] in IMPORT_KINDS)
        self._policies.setEnabled(not busy)
        self.table.setEnabled(not busy)

    # ---- going elsewhere

    def _other_file(self) -> None:
        self.trip, self._path = None, None
        self._clear_trouble()
        self._show()
        self.go(Place.to("import"))

    def _import_as_list(self) -> None:
        if self.trip is not None:
            kind = PLURALS[self.trip.kind]
            self.go(Place.to("import", file=str(self.trip.path), kind=kind))

    def _to_list(self) -> None:
        if self.trip is not None:
            self.go(_list_of(self.trip.kind))

    # ---- jobs and their troubles

    def _begin_job(self, key: str, job: Job) -> None:
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

    def _cancelled(self) -> None:
        self._end_job()
        self._show()

    def _refused(self, why: Refused) -> None:
        self._end_job()
        self._show()
        self._show_trouble(why)

    def _show_trouble(self, why: Refused) -> None:
        self._trouble = why
        actions = [("again", tr("common.try_again")), ("other", tr("import_page.other_file"))]
        self.trouble.set_text(sentence(why), actions=actions)
        self.trouble.show()

    def _clear_trouble(self) -> None:
        self._trouble = None
        self.trouble.hide()

    def _trouble_acted(self, key: str) -> None:
        if key == "again" and self._path is not None:
            self.open_file(self._path)
        else:
            self._other_file()

    def state(self) -> dict[str, Any]:
        """Nothing is kept: the file is compared anew each time."""
        return {}


def _list_of(kind: Kind) -> Place:
    """The list of a kind, or of what its rows hang on."""
    return Place.to(LIST_OF_KIND.get(OWNERS.get(kind, kind).value, "today"))

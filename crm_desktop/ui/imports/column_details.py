"""A panel beside one column: what it may do to records here, and what its words become."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from crm_desktop.domain.fields import FieldType
from crm_desktop.services.imports import (
    COLUMN_POLICIES,
    LEAVE,
    MADE_BY_NAME,
    MADE_USUALLY,
    MAKE,
    NO,
    YES,
    ColumnPlan,
    FileWord,
    is_worded,
)
from crm_desktop.services.imports import Target as Place
from crm_desktop.ui.formats import number
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP, GAP_CARD
from crm_desktop.ui.widgets import ChoiceField, ElidedLabel, FieldRow, Option, PlainLabel, Popover
from crm_desktop.ui.widgets.scrolled import Scrolled

_WIDTH, _WORDS_HEIGHT = 460, 240  # at 100 %
_LEFT_OUT = ""
_AS_COLUMN = "\0"  # no name of a record


class ColumnDetails(Popover):
    """Edits one column of the plan in place; `changed` after each choice.

    `names` are the items of the list the column goes to, or the records it may link to.
    """

    changed = Signal()

    def __init__(
        self, owner: QWidget, column: ColumnPlan, place: Place, names: Sequence[str]
    ) -> None:
        super().__init__(owner)
        self._column, self._names = column, names
        self._ticks = place.field.type is FieldType.BOOLEAN
        self._link = place.field.link
        self.setFixedWidth(theme().px(_WIDTH))
        self.body.addWidget(PlainLabel(column.header, role="strong", wrap=True))
        title = tr("import_page.column_existing")
        policies = [
            Option(each, tr(f"import_page.column_existing.{each or 'plan'}"))
            for each in COLUMN_POLICIES
        ]
        self.policy = ChoiceField(policies, value=column.existing, required=True, name=title)
        self.policy.changed.connect(self._policy_chosen)
        self.body.addWidget(FieldRow(title, self.policy))
        self.missing = self._missing_choice()
        if self.missing is not None:
            self.body.addWidget(FieldRow(tr("import_page.missing"), self.missing))
        self.words: dict[str, ChoiceField] = {}
        self._note = PlainLabel(tr("import_page.words_reading"), role="small", tone="muted")
        self.body.addWidget(self._note)
        self._note.setVisible(is_worded(place))

    def _missing_choice(self) -> ChoiceField | None:
        """What happens to records the column names and the book lacks; only where it is open."""
        if self._link is None or self._link not in MADE_BY_NAME | MADE_USUALLY:
            return None
        usual = MAKE if self._link in MADE_USUALLY else LEAVE
        choice = ChoiceField(
            [Option(each, tr(f"import_page.missing.{each}")) for each in (LEAVE, MAKE)],
            value=self._column.options.get("missing", usual),
            required=True,
            name=tr("import_page.missing"),
        )

        def chosen(value: str) -> None:
            if value == usual:
                self._column.options.pop("missing", None)
            else:
                self._column.options["missing"] = value
            self.changed.emit()

        choice.changed.connect(chosen)
        return choice

    def show_words(self, found: Sequence[FileWord]) -> None:
        """Offer a choice for every word of the column."""
        if self._link is not None:
            found = [word for word in found if not word.becomes or word.text in self._column.values]
            key = "import_page.unknown_words" if found else "import_page.all_known"
        else:
            key = "import_page.words" if found else "import_page.no_words"
        self._note.setText(tr(key))
        if not found:
            return
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, GAP, 0)
        grid.setHorizontalSpacing(GAP_CARD)
        grid.setVerticalSpacing(6)
        for row, word in enumerate(found):
            name = ElidedLabel(word.text)
            choice = ChoiceField(
                self._options(word),
                value=self._column.values.get(word.text, self._unsaid(word)),
                required=True,
                searchable=not self._ticks,
                name=tr("import_page.word_becomes", word=word.text),
            )
            choice.changed.connect(lambda value, word=word: self._word_chosen(word, value))
            grid.addWidget(name, row, 0)
            grid.addWidget(PlainLabel(number(word.count), tone="muted"), row, 1)
            grid.addWidget(choice, row, 2)
            self.words[word.text] = choice
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(2, 3)
        grid.setRowStretch(len(found), 1)
        area = Scrolled(inner)
        inner.ensurePolished()
        most = min(theme().px(_WORDS_HEIGHT), self.window().height() // 3)
        area.setFixedHeight(min(grid.totalSizeHint().height(), most))
        self.body.addWidget(area)
        area.show()
        self.body.activate()

    def _options(self, word: FileWord) -> list[Option]:
        if self._link is not None:
            options = self._records(word)
        elif self._ticks:
            options = [Option(YES, tr("common.yes")), Option(NO, tr("common.no"))]
        else:
            options = [Option(name, name) for name in self._names]
            if word.text not in self._names:
                options.insert(0, Option(word.text, tr("import_page.word_new", word=word.text)))
        options.append(Option(_LEFT_OUT, tr("import_page.word_left_out")))
        return options

    def _records(self, word: FileWord) -> list[Option]:
        """As the column says, the record nearly called so, a new one, any other."""
        options = [Option(_AS_COLUMN, tr("import_page.word_as_column"))]
        if word.near:
            options.append(Option(word.near, tr("import_page.word_near", name=word.near)))
        if self._link in MADE_BY_NAME | MADE_USUALLY:
            options.append(Option(word.text, tr("import_page.word_new", word=word.text)))
        others = (name for name in self._names if name not in (word.near, word.text))
        return [*options, *(Option(name, name) for name in others)]

    def _unsaid(self, word: FileWord) -> str:
        """What the word becomes when nothing is said about it."""
        if self._link is not None:
            return _AS_COLUMN
        return word.becomes or (_LEFT_OUT if self._ticks else word.text)

    def _word_chosen(self, word: FileWord, value: str) -> None:
        if value == self._unsaid(word):
            self._column.values.pop(word.text, None)
        else:
            self._column.values[word.text] = value
        self.changed.emit()

    def _policy_chosen(self, value: str) -> None:
        self._column.existing = value
        self.changed.emit()

"""What deciding rows has in common for all kinds: the account, problems, words to values."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from crm_desktop.data.records.reading import Reader
from crm_desktop.data.session import Session
from crm_desktop.domain import schema
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.imports import ImportProblem, ImportReport, Outcome, RowOutcome
from crm_desktop.domain.kinds import PLURALS, Kind
from crm_desktop.domain.parts import Part, sort_of_part
from crm_desktop.domain.text import fold
from crm_desktop.domain.values import WrongValue, accept
from crm_desktop.exchange.mapping import DAMAGED, NAMED_BY, Existing, ImportPlan, SheetRow, fills
from crm_desktop.services.imports.choosing import Choices
from crm_desktop.services.imports.describing import Describe as Describe
from crm_desktop.services.imports.links import LEAVE, MADE_BY_NAME, MAKE, Named

Step = Callable[[SheetRow, Any], Any]
NUMBERS = frozenset(
    {
        FieldType.INTEGER,
        FieldType.NUMBER,
        FieldType.MONEY,
        FieldType.UNIT_PRICE,
        FieldType.PERCENT,
    }
)
"""Their form and range is seen to here; texts are clean already."""


class RowDecider(ABC):
    """Decides row by row; keeps what it decided, so that later rows find earlier ones."""

    makes_linked = True
    """Whether records that rows link to can be made before them."""
    rows_stand_alone = True
    """Whether a row that cannot be taken says nothing about the next ones."""

    def __init__(
        self,
        session: Session,
        plan: ImportPlan,
        choices: Choices,
        reader: Callable[[Kind], Reader],
        describe: Describe,
        custom: Mapping[Kind, tuple[Field, ...]],
    ) -> None:
        self._session = session
        self._plan = plan
        self.choices = choices
        self._reader = reader
        self._describe = describe
        self._custom = custom
        self.report = ImportReport()
        self._steps: dict[Kind, _Steps] = {}
        self._customer: int | None = None  # of the row at hand
        self._named: set[tuple[Kind, str]] = set()
        self._names_said: dict[tuple[Kind, str], frozenset[str]] = {}

    def decide(self, rows: Sequence[SheetRow]) -> None:
        """Decide a batch of rows and add it to drafts and report."""
        for row in rows:
            if row.skip == "blank":
                continue
            self.report.rows += 1
            outcome, title = Outcome.SKIPPED, ""
            if not row.skip:
                for one in row.problems:
                    stops = one.code == DAMAGED
                    self._problem(row, one.column, one.code, one.args, blocking=stops)
                if self.rows_stand_alone and row.damaged:
                    outcome = Outcome.FAILED
                else:
                    outcome, title = self._row(row)
            self.report.outcomes[outcome] += 1
            self.report.per_row.append(RowOutcome(row.number, outcome, title))

    def finish(self) -> None:  # noqa: B027 - nothing to let go of is a fair answer
        """All rows are decided."""

    @abstractmethod
    def _row(self, row: SheetRow) -> tuple[Outcome, str]:
        """What becomes of one row, and what it is called."""

    def _unknown(self, link: Kind, word: str) -> Any:
        """What stands for a link to a record the book does not have; None is a problem."""
        return None

    def _field(self, kind: Kind, key: str) -> Field:
        return schema.find(kind, key, self._custom.get(kind, ()))

    def _resolved(self, row: SheetRow, kind: Kind) -> dict[str, Any]:
        """Words for choices and links become ids; what cannot be resolved becomes a problem."""
        own = row.values.get(kind)
        if not own:
            return {}
        steps = self._steps.get(kind)
        if steps is None:
            steps = self._steps[kind] = _Steps(lambda key: self._step(kind, key))
        values: dict[str, Any] = {}
        self._customer = None
        for key, value in own.items():
            step = steps[key]
            if step is None:
                values[key] = value
            elif (found := step(row, value)) is not None:
                values[key] = found
        if self._customer is not None:
            values.setdefault("person", self._customer)
        return values

    def _step(self, kind: Kind, key: str) -> Step | None:
        """How the values of a field are brought into the form the book keeps, where they must."""
        field = self._field(kind, key)
        if field.type is FieldType.CHOICE:
            said = self._said(kind, key)
            words = _Words(
                lambda word: self.choices.item(field.list_key, word, literal=word in said)
            )
            return lambda row, value: self._chosen(row, kind, key, words, str(value))
        if field.type is FieldType.CHOICES:
            words = _Words(lambda word: self.choices.item(field.list_key, word))
            return lambda row, value: tuple(
                dict.fromkeys(filter(None, (words[str(one)] for one in value)))
            )
        if field.type is FieldType.PARTS:
            return self._part_step(kind, field)
        if field.type is FieldType.LINK and field.link is not None:
            link = field.link
            return lambda row, value: self._linked(row, kind, key, link, str(value))
        if field.type in NUMBERS:
            return lambda row, value: self._fitted(row, kind, field, value)
        return None

    def _part_step(self, kind: Kind, field: Field) -> Step:
        """Parts: what they are of becomes an id, as links and choices do."""
        link, key = field.link, field.key
        said = self._said(kind, key)
        words = _Words(lambda word: self.choices.item(field.list_key, word, literal=word in said))

        def step(row: SheetRow, value: tuple[Part, ...]) -> tuple[Part, ...] | None:
            found: list[Part] = []
            for part in value:
                name = str(part.what)
                what = self._linked(row, kind, key, link, name) if link else words[name]
                fitted = self._fitted(row, kind, field, (replace(part, what=0),))
                if what is not None and fitted is not None:
                    found.append(replace(fitted[0], what=what, **_untold(part)))
            return tuple(dict.fromkeys(found)) or None

        return step

    def _count_named(self, values: Mapping[str, Any]) -> None:
        """Count the records to be made along with one, each of them once."""
        for value in chain.from_iterable(map(_each, values.values())):
            if isinstance(value, Named) and (value.kind, fold(value.name)) not in self._named:
                self._named.add((value.kind, fold(value.name)))
                self.report.by_kind[PLURALS[value.kind]] += 1

    def _said(self, kind: Kind, key: str) -> frozenset[str]:
        """The names the user gave for words of the file."""
        target = f"{kind.value}.{key}"
        columns = (column for column in self._plan.columns if column.target == target)
        return frozenset(name for column in columns for name in column.values.values())

    def _policies(self, kind: Kind) -> dict[str, Existing]:
        """What single columns may do to a record that is there, by field."""
        policies: dict[str, Existing] = {}
        for column in self._plan.mapped:
            owner, _, key = (column.target or "").partition(".")
            if column.existing and owner == kind.value:
                field_key = key if key.startswith("custom.") else key.partition(".")[0]
                policies[field_key] = Existing(column.existing)
        return policies

    def _chosen(self, row: SheetRow, kind: Kind, key: str, words: _Words, word: str) -> int | None:
        found = words[word]
        if found is None:
            self._problem(
                row, self._column_of(row, kind, key, word), "import.no_size", {"value": word[:60]}
            )
        return found

    def _linked(self, row: SheetRow, kind: Kind, key: str, link: Kind, word: str) -> Any:
        wanted = self._wanted(kind, key, link, word)
        found: Any = self.choices.linked(link, word, make=wanted != LEAVE)
        if (
            found is None
            and link is Kind.COMPANY
            and wanted != MAKE
            and self._is_person(kind, word)
        ):
            return None
        if found is None and wanted == MAKE and self.makes_linked and link in MADE_BY_NAME:
            found = Named(link, word)
        elif found is None and wanted != LEAVE:
            found = self._unknown(link, word)
        if found is None:
            near = self.choices.linking.near(link, word)
            code = "import.no_such_near" if near else "import.no_such"
            args = {"value": word[:60], "near": near} if near else {"value": word[:60]}
            self._problem(row, self._column_of(row, kind, key, word), code, args)
        return found

    def _is_person(self, kind: Kind, word: str) -> bool:
        """Whether the customer is somebody without a company; the row is about that person then."""
        if "person" not in schema.keys(kind):
            return False
        self._customer = self.choices.linked(Kind.PERSON, word)
        return self._customer is not None

    def _wanted(self, kind: Kind, key: str, link: Kind, word: str) -> str:
        """What the user wants done with a word that no record is called: MAKE, LEAVE, as usual."""
        if word in self._said_of(kind, key):
            return MAKE
        column = self._plan.column(f"{kind.value}.{key}")
        return column.options.get("missing", "") if column is not None else ""

    def _said_of(self, kind: Kind, key: str) -> frozenset[str]:
        """The same as `_said`, kept: it is asked for every row."""
        found = self._names_said.get((kind, key))
        if found is None:
            found = self._names_said[kind, key] = self._said(kind, key)
        return found

    def _fitted(self, row: SheetRow, kind: Kind, field: Field, value: Any) -> Any:
        """Asked row by row, so that one number out of range does not stop a whole file."""
        try:
            return accept(field, value)
        except WrongValue as wrong:
            problem = wrong.problem
            self._problem(row, self._index(kind, field.key), problem.code, problem.args)
            return None

    def _unread(self, row: SheetRow, kind: Kind, values: Mapping[str, Any]) -> set[str]:
        """The fields of which a row has cells that nothing could be made of."""
        told = {one.target.partition(".")[2] for one in row.problems}
        return told | (row.values.get(kind, {}).keys() - values.keys())

    def _stop(self, row: SheetRow, kind: Kind, keys: Iterable[str]) -> Outcome:
        """A row that stays out for the sake of these fields; what was told of them says so."""
        stopping = {self._index(kind, key) for key in keys}
        problems = self.report.problems
        for at in range(len(problems) - 1, -1, -1):
            if problems[at].row != row.number:
                break
            if problems[at].column_index in stopping:
                problems[at] = replace(problems[at], blocking=True)
        return Outcome.FAILED

    def _index(self, kind: Kind, key: str) -> int:
        """The column of a field, -1 where no single one holds it."""
        column = self._plan.column(f"{kind.value}.{key}")
        return column.index if column else -1

    def _column_of(self, row: SheetRow, kind: Kind, key: str, word: str) -> int:
        """The column that says a word; of several for the field the one it stands in."""
        target = f"{kind.value}.{key}"
        for name, index, value in row.origins:
            if name == target and word in _words_of(value):
                return index
        return self._index(kind, key)

    def _tell_kept(
        self,
        row: SheetRow,
        kind: Kind,
        kept: Mapping[str, tuple[Any, Any]],
        *,
        held: Mapping[str, Any],
        told: Mapping[str, Any],
    ) -> None:
        """Values of the file that stood against other ones of the book.

        `held` and `told` are all that the book and the file say: they know the currencies.
        """
        ours = str(held.get("currency") or "")
        theirs = str(told.get("currency") or ours)
        for key, (old, new) in kept.items():
            args = {
                "kept": self._describe(kind, key, old, ours)[0],
                "file": self._describe(kind, key, new, theirs)[0],
            }
            self._problem(row, self._filling(row, kind, key), "import.kept", args)

    def _filling(self, row: SheetRow, kind: Kind, key: str) -> tuple[int, ...]:
        """The columns a row's value of a field came from."""
        wanted = f"{kind.value}.{key}"
        cells = [at for name, at, _ in row.origins if fills(name, wanted)]
        if not cells:
            cells = list(self._plan.filling(wanted))
        if not cells and kind is Kind.PERSON:  # a person's company is named in a column of its own
            moved = "name" if key == "company" else key
            cells = list(self._plan.filling(f"{Kind.COMPANY.value}.{moved}"))
        return tuple(cells)

    def _naming(self, *keys: str) -> tuple[int, ...]:
        """The columns that should say what a row is about: those of these places, or else those
        of which one at least has to be there."""
        own = chain.from_iterable(map(self._plan.filling, keys))
        usual = chain.from_iterable(map(self._plan.filling, NAMED_BY[self._plan.kind]))
        return tuple(dict.fromkeys(own)) or tuple(dict.fromkeys(usual))

    def _problem(
        self,
        row: SheetRow,
        at: int | Sequence[int],
        code: str,
        args: dict[str, Any],
        *,
        blocking: bool = False,
    ) -> None:
        """Tell something about the cells of these columns; of none, about the whole row."""
        told = (at,) if isinstance(at, int) else tuple(at) or (-1,)
        headers = {column.index: column.header for column in self._plan.columns}
        header = " / ".join(filter(None, (headers.get(one, "") for one in told)))
        first, *others = told
        self.report.problems.append(
            ImportProblem(row.number, header, first, code, args, blocking, tuple(others))
        )


def _each(value: Any) -> Iterable[Any]:
    """What a value may name."""
    if isinstance(value, tuple):
        return [one.what for one in value if isinstance(one, Part)]
    return (value,)


def _untold(part: Part) -> dict[str, None]:
    """What a file leaves open stays open: the book may know it."""
    pieces = (one.key for one in sort_of_part(part).fields)
    return {key: None for key in pieces if key != "what" and getattr(part, key) is None}


class _Steps(dict[str, Step | None]):
    """The step of each field, worked out when the field first turns up."""

    def __init__(self, make: Callable[[str], Step | None]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: str) -> Step | None:
        self[key] = made = self._make(key)
        return made


class _Words(dict[str, int | None]):
    """Ids of list items by the words of the file."""

    def __init__(self, find: Callable[[str], int | None]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> int | None:
        self[word] = found = self._find(word)
        return found


def _words_of(value: Any) -> list[str]:
    """What a cell names."""
    values = value if isinstance(value, tuple) else (value,)
    return [str(one.what if isinstance(one, Part) else one) for one in values]

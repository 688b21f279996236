"""Guesses the plan of an import: the sheet, the header, the kind and the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from crm_desktop.domain.issuing import PAPER_KINDS
from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.cells import is_blank
from crm_desktop.exchange.mapping import content
from crm_desktop.exchange.mapping.certainty import speaks_for
from crm_desktop.exchange.mapping.column_plans import column_plans
from crm_desktop.exchange.mapping.header import Header, find_header, read_header, reason_columns
from crm_desktop.exchange.mapping.layouts import Layout, known_layout
from crm_desktop.exchange.mapping.meanings import places, weight
from crm_desktop.exchange.mapping.merged import MergedCells
from crm_desktop.exchange.mapping.own import exported, is_said, key_of
from crm_desktop.exchange.mapping.papers import settle_papers
from crm_desktop.exchange.mapping.plan import ImportPlan
from crm_desktop.exchange.mapping.second_people import leave_out_second_people
from crm_desktop.exchange.mapping.spoken import SPOKEN
from crm_desktop.exchange.mapping.synonyms import NUMBER_OF, Match, kind_hint, match, normalised
from crm_desktop.exchange.mapping.targets import (
    IMPORT_KINDS,
    NAMED_BY,
    target_keys,
)
from crm_desktop.exchange.reading.facts import Row, SheetFacts, Value
from crm_desktop.exchange.reading.handle import OpenedFile

HEAD_ROWS = 200
_SHEETS_LOOKED_AT = 20
_ROWS_TRIED = 40
_HEADINGS_TOLD = 6
_MOSTLY = 0.5
_FAIR = 3.0
_SAID = 10.0  # more than words of other kinds may come to
_TELLING = {
    **NAMED_BY,
    "people": ("person.name", "person.family_name", "person.given_name"),
    **dict.fromkeys(("products", "price_lists"), ("product.name",)),
    "quotes": ("quote.number", "quote.title"),
    "contracts": ("contract.number", "contract.title"),
}
"""The places that speak for a kind of sheet."""
_BARE = ("any.name",)
_BY_LOOK = {
    "mobile": "person.mobile",
    "email": "any.email",
    "website": "any.website",
    "tax_number": "company.tax_number",
    "company": "company.name",
    "person": "person.name",
    "phone": "any.phone",
    "address": "any.address",
}


@dataclass(slots=True)
class _Draft:
    """One kind tried out on a sheet."""

    kind: str
    score: float = 0.0
    taken: dict[int, tuple[str, bool]] = field(default_factory=dict)
    """Column → (target, sure)."""
    own: bool = False
    """Whether this is an export of this program."""
    spoken_of: bool = False
    """Whether a word is about this kind alone: 报价单号, not 单号."""
    speaking: bool = False
    """Whether a word tells that it is this kind at all."""
    layout: Layout | None = None
    """Whether it is one of another program we know."""

    @property
    def targets(self) -> set[str]:
        return {target for target, _ in self.taken.values()}


def guess_plan(
    opened: OpenedFile, *, kind: str = "", sheet: str = "", header_row: int | None = None
) -> ImportPlan:
    """The plan for a whole file; `kind`, `sheet` (a name) and `header_row` fix what is known.

    Raises Refused("reading.no_rows") where no sheet holds any, "reading.no_such_sheet".
    """
    number = _named_sheet(opened, sheet) if sheet else guess_sheet(opened)
    kind = kind or ("people" if opened.facts.kind == "vcf" else "")
    facts = opened.sheets[number]
    if facts.rows == 0:
        raise Refused("reading.no_rows", name=opened.path.name)
    hint = kind_hint(facts.name) or kind_hint(opened.path.stem)
    rows = opened.head(number, HEAD_ROWS)
    return guess_columns(facts, rows, sheet=number, header_row=header_row, kind=kind, hint=hint)


def guess_sheet(opened: OpenedFile) -> int:
    """The number of the sheet with the table that is most likely meant; hidden ones come last."""
    usable = [
        number for number, sheet in enumerate(opened.sheets) if sheet.rows and not sheet.too_large
    ]
    if not usable:
        # Asking for its rows tells the user how large it is.
        return next((n for n, sheet in enumerate(opened.sheets) if sheet.too_large), 0)
    if len(usable) == 1:
        return usable[0]

    def worth(number: int) -> tuple[bool, bool, float, int]:
        facts = opened.sheets[number]
        rows = opened.head(number, _ROWS_TRIED)
        header = find_header(rows)
        is_list = header.known > 0 or facts.columns > 1
        filled = is_list and _has_rows_below(rows, header.row, facts.rows)
        return (not facts.hidden, filled, min(header.known, 3), facts.rows * facts.columns)

    return max(usable[:_SHEETS_LOOKED_AT], key=worth)


def guess_columns(
    facts: SheetFacts,
    rows: Sequence[Row],
    *,
    sheet: int = 0,
    header_row: int | None = None,
    kind: str = "",
    hint: str | None = None,
) -> ImportPlan:
    """The plan for one sheet from its first rows; `header_row` and `kind` overrule the guess."""
    header = find_header(rows) if header_row is None else read_header(rows, header_row)
    if header_row is None and not header.known and not _has_rows_below(rows, header.row, 0):
        header = read_header(rows, 0)  # one line of unknown words is a row, not headings of none
    meant = MergedCells(facts.merged, header.row).repeated(header.row + 1, rows[header.row :])
    body = [row for row in meant if any(not is_blank(value) for value in row)]
    width = max((len(row) for row in chain([header.names], body)), default=0)
    told = reason_columns(rows, header.row)
    columns = [
        [row[i] if i < len(row) and i not in told else None for row in body] for i in range(width)
    ]
    drafts = [_draft(one, header, columns, hint) for one in ([kind] if kind else IMPORT_KINDS)]
    best = max(drafts, key=lambda draft: draft.score)
    plan = ImportPlan(sheet, facts.name, header.row, best.kind)
    plan.columns = list(
        column_plans(best.kind, header.names, columns, best.taken, own=best.own, layout=best.layout)
    )
    titled = any(title in best.targets for title in _TELLING[best.kind])
    known = best.speaking or best.own or best.layout is not None or hint == best.kind
    left = [i for i, name in enumerate(header.names) if i not in best.taken and match(name).targets]
    fits = best.own or best.layout is not None or len(left) <= len(best.taken)
    plan.kind_open = not kind and not (titled and known and fits and best.score >= _FAIR)
    plan.sure = titled and not plan.kind_open
    return plan


def refuse_headings_alone(opened: OpenedFile, plan: ImportPlan, rows: Sequence[Row]) -> None:
    """Refused("reading.only_header…") where nothing stands below the headings of a sheet, of
    which `rows` are the first."""
    facts = opened.sheets[plan.sheet]
    if not plan.header_row or _has_rows_below(rows, plan.header_row, facts.rows):
        return
    headings = [column.header for column in plan.columns if column.header]
    told = " / ".join(headings[:_HEADINGS_TOLD]) + (" …" if headings[_HEADINGS_TOLD:] else "")
    code = "only_header" if len(opened.sheets) == 1 else "only_header_sheet"
    name = opened.path.name
    raise Refused(f"reading.{code}", name=name, sheet=facts.name, headings=told)


def _has_rows_below(rows: Sequence[Row], header_row: int, last_row: int) -> bool:
    """Whether anything stands below the headings, in these first rows or behind them."""
    return last_row > len(rows) or any(
        not is_blank(value) for row in rows[header_row:] for value in row
    )


def _named_sheet(opened: OpenedFile, name: str) -> int:
    for number, facts in enumerate(opened.sheets):
        if facts.name == name:
            return number
    names = ", ".join(facts.name for facts in opened.sheets)
    raise Refused("reading.no_such_sheet", name=opened.path.name, sheet=name, sheets=names)


def _draft(
    kind: str, header: Header, columns: Sequence[Sequence[Value]], hint: str | None
) -> _Draft:
    draft = _Draft(kind)
    if _take_own(draft, header):
        return draft
    if layout := known_layout(kind, header.names):
        draft.layout = layout
        draft.taken = {i: (target, True) for i, target in layout.targets(header.names).items()}
        draft.score = 2.0 * len(draft.taken)  # each column is known beyond doubt
        return draft
    names = [*header.names, *[""] * (len(columns) - len(header.names))]
    matches = [match(name) if name else Match() for name in header.names]
    matches += [Match()] * (len(columns) - len(matches))
    company = _company_rules(matches, columns)
    if kind in SPOKEN:  # 回款金额 before 金额, whichever comes first
        _take_words_of_its_own(draft, matches, names)
    # Sure words first: "Name" must not take the place that "Contact name" means.
    bare_last = sorted(enumerate(matches), key=lambda one: one[1].targets[:1] == _BARE)
    for exact in (True, False):
        for index, found in bare_last:
            if _is_sure(found) is exact and index not in draft.taken:
                _take(draft, index, found.targets, company, sure=exact, name=names[index])
    _take_own_words(draft, header)
    _take_numbers(draft, header, columns)
    _take_by_content(draft, columns, company)
    if kind == "people":
        leave_out_second_people(draft.taken, header.names)
    _settle_names(draft, columns)
    settle_papers(draft.kind, draft.taken, [found.targets for found in matches])
    draft.score += _score(draft, hinted=hint == kind)
    if hint == kind:
        draft.score += 1.5
    return draft


def _take_words_of_its_own(draft: _Draft, matches: Sequence[Match], names: Sequence[str]) -> None:
    main = f"{IMPORT_KINDS[draft.kind][0].value}."
    for index, found in enumerate(matches):
        own = [key for key in found.targets if key.startswith(main)]
        if own and len(own) == len(found.targets) and found.exact:
            _take(draft, index, own, False, sure=True, name=names[index])


def _take_own(draft: _Draft, header: Header) -> bool:
    """Whether this is an export of this program; then every column goes where it came from."""
    main = IMPORT_KINDS[draft.kind][0]
    allowed = target_keys(draft.kind)
    own = exported(main, header.names)
    for index, key in own.items():
        target = f"{main.value}.{key}"
        if draft.kind == "people" and key == "company":
            target = "company.name"
        if target in allowed:
            draft.taken[index] = (target, True)
    draft.score = len(own) + (_SAID if is_said(main, header.names) else 0.0)
    draft.own = bool(own)
    return draft.own


def _take_own_words(draft: _Draft, header: Header) -> None:
    """Words that mean nothing elsewhere but stand above this kind's columns in our own pages."""
    main = IMPORT_KINDS[draft.kind][0]
    if draft.kind in ("people", "companies"):
        return
    for index, name in enumerate(header.names):
        target = f"{main.value}.{key_of(main, name)}" if name and index not in draft.taken else ""
        if target in target_keys(draft.kind) and target not in draft.targets:
            draft.taken[index] = (target, True)


def _take_numbers(draft: _Draft, header: Header, columns: Sequence[Sequence[Value]]) -> None:
    """The numbers by which tables of one program name each other: id, AccountId."""
    main = IMPORT_KINDS[draft.kind][0]
    for index, name in enumerate(header.names):
        owner = NUMBER_OF.get(normalised(name.lower().removesuffix("__c")), "")
        target = f"{main}.{owner}" if owner else ""
        if index in draft.taken or target in draft.targets or target not in target_keys(draft.kind):
            continue
        values = [value for value in columns[index] if not is_blank(value)]
        if owner != "code" or len(set(values)) == len(columns[index]):
            draft.taken[index] = (target, False)


def _is_sure(found: Match) -> bool:
    return found.exact and not found.targets[0].startswith("last.")


def _company_rules(matches: Sequence[Match], columns: Sequence[Sequence[Value]]) -> bool:
    """Whether the rows are about companies with a contact, rather than people with an employer."""
    # 名称 beside 姓名 can only be the firm's.
    named = any(found.exact and found.targets[:1] == ("person.name",) for found in matches)
    for found, values in zip(matches, columns, strict=True):
        of_company = "company.name" in found.targets[:1] or (named and found.targets[:1] == _BARE)
        if of_company and values:
            filled = sum(not is_blank(value) for value in values)
            if filled / len(values) >= _MOSTLY:
                return True
    return False


def _take(
    draft: _Draft, index: int, keys: Sequence[str], company: bool, *, sure: bool, name: str = ""
) -> bool:
    allowed = target_keys(draft.kind)
    for rank, key in enumerate(keys):
        for target in places(key, draft.kind, company):
            place = allowed.get(target)
            if place is None or (target in draft.targets and not place.several):
                continue
            draft.taken[index] = (target, sure)
            draft.spoken_of |= sure and key.startswith(f"{IMPORT_KINDS[draft.kind][0].value}.")
            draft.speaking |= sure and speaks_for(IMPORT_KINDS[draft.kind][0], key, name)
            draft.score += weight(key, draft.kind) * (1.0 if sure else 0.4) / (rank + 1)
            return True
    return False


def _score(draft: _Draft, *, hinted: bool) -> float:
    """What the draft as a whole says about its kind."""
    targets = draft.targets
    if IMPORT_KINDS[draft.kind][0] in PAPER_KINDS and not (draft.spoken_of or hinted):
        return -9.0  # any list has numbers, dates and amounts
    if draft.kind in SPOKEN and not (draft.spoken_of or hinted):
        return -9.0  # so are amounts with a customer and a day
    if hinted and {one.partition(".")[2] for one in targets} >= {"company", "line.name"}:
        return 2.0
    if any(title in targets for title in _TELLING[draft.kind]):
        return 2.0
    if draft.kind == "people" and "company.name" not in targets and targets & {
        "person.mobile",
        "person.email",
    }:  # fmt: skip
        return -0.5
    return -3.0


def _take_by_content(draft: _Draft, columns: Sequence[Sequence[Value]], company: bool) -> None:
    """Columns whose words are unknown, and phones that are really mobiles."""
    if draft.kind not in ("people", "companies"):
        return
    for index, (target, sure) in list(draft.taken.items()):
        if target in ("person.phone", "company.phone") and draft.kind == "people":
            mobiles = content.share(columns[index], "mobile")
            if mobiles > _MOSTLY and "person.mobile" not in draft.targets:
                draft.taken[index] = ("person.mobile", sure)
    for index, values in enumerate(columns):
        look = "" if index in draft.taken else content.looks_like(values)
        if look in _BY_LOOK:
            before = draft.score
            _take(draft, index, (_BY_LOOK[look],), company, sure=False)
            draft.score = before + (draft.score - before) / 2


def _settle_names(draft: _Draft, columns: Sequence[Sequence[Value]]) -> None:
    """客户名称 above people's names, 名称 above companies' names."""
    if draft.kind != "people":
        return
    names = {target: index for index, (target, _) in draft.taken.items()}
    has_person = any(title in names for title in _TELLING["people"])
    if "company.name" in names and not has_person:
        index = names["company.name"]
        if content.share(columns[index], "person") > _MOSTLY:
            draft.taken[index] = ("person.name", True)
    elif "person.name" in names and "company.name" not in names:
        index = names["person.name"]
        if content.share(columns[index], "company") > _MOSTLY:
            draft.taken[index] = ("company.name", False)

"""What becomes of each row: the one place that decides, for the check and for the run alike."""

from __future__ import annotations

import hashlib
from collections import ChainMap, Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from crm_desktop.data import import_keys, portraits
from crm_desktop.data.records.reading import Reader
from crm_desktop.data.session import Session
from crm_desktop.data.uncollected import let_go
from crm_desktop.domain import schema
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.imports import Outcome
from crm_desktop.domain.kinds import PLURALS, Kind
from crm_desktop.domain.points import norm
from crm_desktop.domain.text import fold
from crm_desktop.exchange.mapping import IMPORT_KINDS, NAMED_BY, Existing, ImportPlan, SheetRow
from crm_desktop.services.imports.choosing import Choices
from crm_desktop.services.imports.describing import Told
from crm_desktop.services.imports.drafts import Awaited, Draft, Values
from crm_desktop.services.imports.matching import ChosenKeys
from crm_desktop.services.imports.merging import merge
from crm_desktop.services.imports.regions import Regions
from crm_desktop.services.imports.row_decider import Describe, RowDecider
from crm_desktop.services.imports.titles import Titles

_key = lru_cache(maxsize=1_024)(fold)  # a name is looked for, and then remembered
_POINTS = frozenset(
    field.key
    for kind in (Kind.PERSON, Kind.COMPANY)
    for field in schema.FIELDS[kind]
    if field.type is FieldType.POINTS
)
_TABLES = {Kind.PERSON: "people", Kind.COMPANY: "companies"}


class Decider(RowDecider):
    """Decides rows of people and companies, two kinds from one row."""

    makes_linked = False

    def __init__(
        self,
        session: Session,
        plan: ImportPlan,
        choices: Choices,
        reader: Callable[[Kind], Reader],
        describe: Describe,
        custom: Mapping[Kind, tuple[Field, ...]],
    ) -> None:
        super().__init__(session, plan, choices, reader, describe, custom)
        self._keys = import_keys.customer_keys(session)
        self._known = bool(self._keys.company_by_name or self._keys.person_by_company)
        self._counts: dict[Kind, Counter[str]] = {kind: Counter() for kind in _TABLES}
        self.drafts = {
            kind: Draft(import_keys.next_id(session, table)) for kind, table in _TABLES.items()
        }
        for kind, draft in self.drafts.items():
            choices.made[kind] = draft.created
        self._parents: list[tuple[int, SheetRow, str]] = []
        self._regions = Regions(plan, self.report)
        self._titles = Titles(plan, self._keys.person_by_company, self.report)
        self._own_policies = {kind: self._policies(kind) for kind in _TABLES}
        self.pictures: dict[int, bytes] = {}
        """Of address cards, by row; what of them is kept is in `portraits`, by person."""
        self.portraits: dict[int, bytes] = {}
        self._brought: dict[tuple[Kind, int], set[str]] = {}  # numbers and mails to those present
        self._matching: dict[Kind, ChosenKeys] = {}
        if plan.match:
            main = IMPORT_KINDS[plan.kind][0]
            self._matching[main] = ChosenKeys.of(session, main, plan.match, reader(main))

    def decide(self, rows: Sequence[SheetRow]) -> None:
        """Decide a batch of rows, after one look at what the book holds of them."""
        for row in rows:
            self._titles.settle(row.values.get(Kind.PERSON, {}))
        if self._known:
            self._load_present(rows)
        super().decide(rows)
        for kind, counts in self._counts.items():
            for key, count in counts.items():
                self.report.values[f"{kind.value}.{key}"] += count
            counts.clear()

    def finish(self) -> None:
        """Link what later rows brought; let go of what is of use for further rows only."""
        keys = self._keys
        self._link_parents()
        let_go(keys.company_by_name)
        let_go(keys.company_by_code)
        let_go(keys.person_by_point)
        let_go(keys.person_by_company)
        let_go(keys.person_by_code)
        let_go(keys.code_of)
        for draft in self.drafts.values():
            let_go(draft.present)

    def forget(self) -> None:
        """Nothing will be written. Held by a cycle, the drafts would be freed all at once by the
        window's search for garbage."""
        for draft in self.drafts.values():
            let_go(draft.created)
            let_go(draft.updated)

    def _unknown(self, link: Kind, word: str) -> Any:
        """A parent that stands further down in the file."""
        return Awaited(word) if link is Kind.COMPANY else None

    def _link_parents(self) -> None:
        draft = self.drafts[Kind.COMPANY]
        for record_id, row, name in self._parents:
            found = self._keys.company_by_name.get(fold(name))
            if found is None or found == record_id or record_id not in draft.created:
                index = self._index(Kind.COMPANY, "parent")
                self._problem(row, index, "import.no_such", {"value": name[:60]})
                self.report.values["company.parent"] -= 1
            else:
                # After all of them are there, whatever their order.
                draft.updated.setdefault(record_id, {})["parent"] = found

    def _row(self, row: SheetRow) -> tuple[Outcome, str]:
        person, company = self._resolved(row, Kind.PERSON), self._resolved(row, Kind.COMPANY)
        known = None
        if not company.get("name"):
            known = self._numbered(company)
            if known is None and company.get("code"):
                person.setdefault("code", company["code"])
            company = {}
        if not person.get("name"):
            person = {}
            if not company:
                cells = self._naming(*NAMED_BY[self._plan.kind])
                self._problem(row, cells, "import.no_name", {}, blocking=True)
                return Outcome.FAILED, ""
        self._count(person, company)
        title = str((person or company)["name"])
        company_id, company_outcome, notes = self._company(row, company)
        outcome = company_outcome
        if person:
            outcome = self._person(row, person, known or company_id, notes)
            if company_outcome is Outcome.CREATED or (
                outcome is Outcome.SAME and company_outcome is Outcome.UPDATED
            ):
                outcome = company_outcome
        return outcome, title

    # Companies

    def _company(self, row: SheetRow, values: Values) -> tuple[int | None, Outcome, list[Told]]:
        """The company of a row, and what of its values could only go into a note."""
        if not values:
            return None, Outcome.SAME, []
        found = self._match_company(values)
        parent = values.get("parent")
        if isinstance(parent, Awaited):
            values = {key: value for key, value in values.items() if key != "parent"}
        if found is None:
            found, outcome = self._create(row, Kind.COMPANY, values), Outcome.CREATED
            if isinstance(parent, Awaited):
                self._parents.append((found, row, parent.name))
            return found, outcome, []
        if isinstance(parent, Awaited):
            self._parents.append((found, row, parent.name))
        changed, kept = self._merge(Kind.COMPANY, found, values)
        notes = []
        for key, (_, new) in kept.items():
            if key in ("name", "code"):
                continue
            notes.append(self._describe(Kind.COMPANY, key, new))
            args = {"company": values["name"], "kept": self._shown(key, kept[key][0])}
            self._problem(row, self._filling(row, Kind.COMPANY, key), "company_differs", args)
        return found, Outcome.UPDATED if changed else Outcome.SAME, notes

    def _shown(self, key: str, value: Any) -> str:
        return self._describe(Kind.COMPANY, key, value)[0]

    def _numbered(self, company: Values) -> int | None:
        """A company of which a row tells only the number."""
        code = company.get("code")
        return self._keys.company_by_code.get(fold(code)) if code else None

    def _match_company(self, values: Mapping[str, Any]) -> int | None:
        if (chosen := self._matching.get(Kind.COMPANY)) is not None:
            return chosen.find(values)
        code = values.get("code")
        if code and (found := self._keys.company_by_code.get(fold(code))) is not None:
            return found
        found = self._keys.company_by_name.get(_key(values["name"]))
        return None if self._has_other_code(Kind.COMPANY, found, code) else found

    def _has_other_code(self, kind: Kind, found: int | None, code: str | None) -> bool:
        """Whether a namesake is known by another number: then it is another record."""
        if found is None or not code:
            return False
        return self._keys.code_of.get((kind, found), fold(code)) != fold(code)

    # People

    def _person(
        self, row: SheetRow, values: Values, company_id: int | None, notes: list[Told]
    ) -> Outcome:
        found = None
        norms = _norms(values)
        if self._plan.existing is not Existing.ADD:
            found = self._match_person(values, company_id, norms)
        if notes:
            values = self._with_notes(values, notes, found)
        if found is None:
            values["company"] = company_id
            self._picture(row, self._create(row, Kind.PERSON, values, norms))
            return Outcome.CREATED
        if self._plan.existing is Existing.SKIP:
            return Outcome.SKIPPED
        if company_id is not None:
            values = {**values, "company": company_id}
        changed, kept = self._merge(Kind.PERSON, found, values)
        self._tell_kept(row, Kind.PERSON, kept, held={}, told={})
        pictured = self._picture(row, found)
        return Outcome.UPDATED if changed or pictured else Outcome.SAME

    def _picture(self, row: SheetRow, person_id: int) -> bool:
        """Whether the card's picture becomes the person's: as of single values the first wins."""
        data = self.pictures.get(row.number)
        if data is None:
            return False
        self.report.values["person.photo"] += 1
        if person_id in self.portraits:
            return False
        held = portraits.sha256_of(self._session, person_id)
        if held == hashlib.sha256(data).hexdigest():
            return False
        if held and self._plan.existing is not Existing.OVERWRITE:
            self._problem(row, -1, "import.picture_kept", {})
            return False
        self.portraits[person_id] = data
        return True

    def _with_notes(self, values: Values, notes: list[Told], person_id: int | None) -> Values:
        """The values, with what the company could not take; what is noted already is not told."""
        present = ""
        if person_id is not None:
            present = self.drafts[Kind.PERSON].held(person_id).get("notes") or ""
        fresh = [told[0] for told in notes if not any(text in present for text in told)]
        if not fresh:
            return values
        return {**values, "notes": "\n".join(filter(None, (values.get("notes"), *fresh)))}

    def _match_person(
        self, values: Mapping[str, Any], company_id: int | None, norms: Sequence[str]
    ) -> int | None:
        if (chosen := self._matching.get(Kind.PERSON)) is not None:
            return chosen.find(values, company_id)
        keys = self._keys
        name = _key(values["name"])
        code = values.get("code")
        if code and (found := keys.person_by_code.get(fold(code))) is not None:
            return found
        for key in norms:
            found = keys.person_by_point.get((key, name))
            if found is not None and not self._has_other_code(Kind.PERSON, found, code):
                return found
        found = keys.person_by_company.get((name, company_id))
        if self._has_other_code(Kind.PERSON, found, code):
            return None
        if found is not None and company_id is None and norms:
            return None  # a name alone does not make two rows with their own phones one person
        return found

    # Both

    def _create(self, row: SheetRow, kind: Kind, values: Values, norms: Sequence[str] = ()) -> int:
        values |= self._regions.told(kind, values, values)
        record_id = self.drafts[kind].create(row.number, values)
        self.report.by_kind[PLURALS[kind]] += 1
        self._learn(kind, record_id, values, norms)
        return record_id

    def _merge(
        self, kind: Kind, record_id: int, values: Mapping[str, Any]
    ) -> tuple[bool, dict[str, tuple[Any, Any]]]:
        draft = self.drafts[kind]
        present = draft.held(record_id)
        policy = self._plan.existing
        fresh = record_id in draft.created
        # Within one file the first row wins; the policy is about what the book held before.
        result = merge(
            present,
            values,
            lambda key: self._field(kind, key),
            Existing.FILL if fresh or policy in (Existing.ADD, Existing.SKIP) else policy,
            None if fresh else self._own_policies[kind],
            brought=() if fresh else self._brought.get((kind, record_id), ()),
        )
        if policy is Existing.SKIP and not fresh:
            return False, {}
        if not fresh:
            told = chain.from_iterable(values.get(key) or () for key in _POINTS)
            self._brought.setdefault((kind, record_id), set()).update(told)
        if "address" in result.changes:
            after = ChainMap(result.changes, present)
            result.changes |= self._regions.told(kind, after, values)
        if result.changes:
            present.update(result.changes)
            if not fresh:
                draft.updated.setdefault(record_id, {}).update(result.changes)
            norms = _norms(present) if kind is Kind.PERSON else ()
            self._learn(kind, record_id, present, norms)
        return bool(result.changes), result.kept

    def _learn(
        self, kind: Kind, record_id: int, values: Mapping[str, Any], norms: Sequence[str]
    ) -> None:
        if (chosen := self._matching.get(kind)) is not None:
            chosen.learn(record_id, values)
        keys = self._keys
        name = _key(values["name"])
        code = values.get("code")
        if code:
            keys.code_of.setdefault((kind, record_id), fold(code))
        if kind is Kind.COMPANY:
            keys.company_by_name.setdefault(name, record_id)
            if code:
                keys.company_by_code.setdefault(fold(code), record_id)
            return
        company = values.get("company")
        company_id = getattr(company, "id", company)
        keys.person_by_company.setdefault((name, company_id), record_id)
        for key in norms:
            keys.person_by_point.setdefault((key, name), record_id)
        if code:
            keys.person_by_code.setdefault(fold(code), record_id)

    def _load_present(self, rows: Iterable[SheetRow]) -> None:
        """What the book holds of the records this batch may meet, in a few statements."""
        wanted: dict[Kind, set[int]] = {Kind.PERSON: set(), Kind.COMPANY: set()}
        for row in rows:
            company = row.values.get(Kind.COMPANY, {})
            named = bool(company.get("name"))
            company_id = self._match_company(company) if named else self._numbered(company)
            if company_id is not None:
                wanted[Kind.COMPANY].add(company_id)
            person = row.values.get(Kind.PERSON, {})
            if person.get("name"):
                person_id = self._match_person(person, company_id, _norms(person))
                if person_id is not None:
                    wanted[Kind.PERSON].add(person_id)
        for kind, ids in wanted.items():
            draft = self.drafts[kind]
            missing = sorted(i for i in ids if i not in draft.present and i not in draft.created)
            fields = (*schema.FIELDS[kind], *self._custom.get(kind, ()))
            keys = [f.key for f in fields if f.writable]
            for found in self._reader(kind).rows(missing, keys) if missing else ():
                draft.present[found.id] = dict(zip(keys, found.values, strict=True))

    def _count(self, person: Values, company: Values) -> None:
        self._counts[Kind.COMPANY].update(iter(company))
        counts = self._counts[Kind.PERSON]
        counts.update(iter(person))
        if "birthday" in person:
            counts["birthday_full" if person["birthday"].year else "birthday_month_day"] += 1


def _norms(values: Mapping[str, Any]) -> list[str]:
    """Normalised mobiles and mails of a person."""
    found = [norm("mobile", value) for value in values.get("mobile") or ()]
    found += [norm("email", value) for value in values.get("email") or ()]
    return found

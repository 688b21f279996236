"""Lists in."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop.cli.desk import Desk, target
from crm_desktop.cli.parser import KINDS
from crm_desktop.cli.problems import problem_line, problem_text
from crm_desktop.cli.roundtrip import bring_back_as_import
from crm_desktop.domain.imports import ImportReport
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.mapping import COLUMN_POLICIES, IMPORT_KINDS, MATCH_KEYS, Existing
from crm_desktop.exchange.mapping.targets import targets
from crm_desktop.services.imports.file_notes import file_notes
from crm_desktop.words import Words

if TYPE_CHECKING:
    from crm_desktop.exchange.mapping import ImportPlan
    from crm_desktop.exchange.reading import FileFacts
    from crm_desktop.services.house import Services
    from crm_desktop.services.imports import Preview

SHOWN_PROBLEMS = 20


def take_in(desk: Desk) -> int | None:
    """`import`: read a foreign list, by a guessed or a given plan."""
    args, words, out = desk.args, desk.words, desk.out
    path = Path(args.file)
    mapping = _mapping(args.mapping)
    mended_in = _workbook(args.problems) if args.problems else None
    saved, unsaved = 0, None
    with desk.looking() if args.check else desk.services(create=True) as services:
        preview = _previewed(services, path, mapping, desk)
        if preview.ours and not _is_a_list(desk):
            bring_back_as_import(desk, services, path)
            return None
        if preview.plan.kind_open and preview.plan.mapped:
            raise Refused("cli.kind_open", name=path.name, kinds=", ".join(IMPORT_KINDS))
        plan = planned(preview.plan, mapping, existing=args.existing)
        if args.save_mapping:
            target(args.save_mapping).write_text(plan.to_json() + "\n", encoding="utf-8")
        imports = services.imports
        if mapping and not args.check:
            imports.mappings.remember(plan, path.name)
        report = (imports.check if args.check else imports.run)(path, plan, words)
        if mended_in and report.problems:
            try:
                saved = imports.save_problems(
                    path, plan, report, mended_in, words, remember=not args.check
                )
            except Refused as refusal:
                if args.check:
                    raise
                unsaved = refusal  # the import itself is done, and must be told
    notes = told_notes(preview.facts, plan, words)
    out.document({**account(report, words), "notes": notes})
    out.say("cli.import_checked" if args.check else "cli.import_done", name=path.name)
    out.table(_figures(report, words))
    for key, count in report.notes.items():
        out.say(key, count=count)
    for note in notes:
        out.line(note["message"])
    for problem in report.problems[:SHOWN_PROBLEMS]:
        out.line("  " + problem_line(problem, words))
    if len(report.problems) > SHOWN_PROBLEMS:
        out.say("cli.more_problems", count=len(report.problems) - SHOWN_PROBLEMS)
    if preview.remembered and not mapping:
        out.say("cli.mapping_recalled")
    if unsaved:
        out.aside(unsaved.code, **unsaved.args_for_words)
        return 1
    if args.problems:
        out.say("cli.problems_saved" if saved else "import.no_problem_rows", count=saved,
                path=args.problems)  # fmt: skip
    return None


def _is_a_list(desk: Desk) -> bool:
    """Whether an option asks for an import, although the file is an export of this very book."""
    args = desk.args
    return bool(args.mapping or args.kind or args.existing or args.sheet or args.save_mapping)


def _workbook(name: str) -> Path:
    """Where the problem rows go. Refused where that is no workbook or cannot be written:
    before the import, for afterwards it is too late.
    """
    path = target(name)
    if path.suffix.lower() != ".xlsx":
        raise Refused("cli.problems_ending", path=name)
    if not path.parent.is_dir():
        raise Refused("writing.no_folder", folder=str(path.parent))
    if not os.access(path.parent, os.W_OK):
        raise Refused("writing.protected", folder=str(path.parent))
    return path


def _previewed(services: Services, path: Path, mapping: dict[str, Any], desk: Desk) -> Preview:
    """The plan guessed with what command line and mapping say of the file as a whole."""
    given: dict[str, Any] = {
        "kind": desk.args.kind or str(mapping.get("kind", "")),
        "encoding": str(mapping.get("encoding", "")),
        "delimiter": str(mapping.get("delimiter", "")),
    }
    row = mapping.get("header_row")
    if row is not None and (type(row) is not int or row < 0):
        raise Refused("cli.mapping_broken", reason="header_row")
    wanted = str(mapping.get("sheet_name", ""))
    if desk.args.sheet or not wanted:
        return services.imports.preview(path, **given, sheet=desk.args.sheet, header_row=row)
    try:
        return services.imports.preview(path, **given, sheet=wanted, header_row=row)
    except Refused as refusal:
        # A file has one sheet mostly, called otherwise next month: then it is that one.
        if refusal.code != "reading.no_such_sheet":
            raise
        preview = services.imports.preview(path, **given, header_row=row)
        if len(preview.facts.sheets) > 1:
            raise
        return preview


def told_notes(facts: FileFacts, plan: ImportPlan, words: Words) -> list[dict[str, str]]:
    """What there is to know of the file as a whole, as the window tells it."""
    return [
        {"code": note.key, "message": words.text(note.key, **note.args)}
        for note in file_notes(facts, plan, words)
    ]


def account(report: ImportReport, words: Words) -> dict[str, Any]:
    """The report with its stable keys."""
    plain = report.plain()
    # Always there, so that a script need not ask; others only where some were created.
    plain["by_kind"] = {"people": 0, "companies": 0, **plain["by_kind"]}
    if "person.birthday" in plain["values"]:
        for part in ("full", "month_day"):
            plain["values"].setdefault(f"person.birthday_{part}", 0)
    plain["problems"] = [
        {
            "row": problem.row,
            "column": problem.column,
            "code": problem.code,
            "message": problem_text(problem, words),
        }
        for problem in report.problems
    ]
    return plain


def planned(plan: ImportPlan, mapping: dict[str, Any], *, existing: str = "") -> ImportPlan:
    """The guessed plan with what the user decided: columns by header → target, policies."""

    columns = mapping.get("columns", {})
    known = {column.header: column for column in plan.columns}
    allowed = {one.key for one in targets(plan.kind)}
    for header, wish in _wishes(columns):
        if header not in known:
            raise Refused("cli.mapping_column", name=header)
        place = wish.pop("target", known[header].target)
        if place and place not in allowed and ".custom." not in place:
            raise Refused("cli.mapping_target", name=str(place))
        known[header].target = place or None
        for name in ("options", "values"):
            if isinstance(wish.get(name), dict):
                setattr(known[header], name, {str(k): str(v) for k, v in wish[name].items()})
        own = str(wish.get("existing", known[header].existing))
        if own not in COLUMN_POLICIES:
            raise Refused("cli.mapping_broken", reason=own)
        known[header].existing = own
    keys = mapping.get("match", plan.match)
    usable = MATCH_KEYS[IMPORT_KINDS[plan.kind][0]]
    if not isinstance(keys, list) or not set(keys) <= set(usable):
        raise Refused("cli.mapping_broken", reason="match: " + ", ".join(usable))
    plan.match = list(keys)
    policy = existing or str(mapping.get("existing", ""))
    if policy:
        try:
            plan.existing = Existing(policy)
        except ValueError:
            raise Refused("cli.mapping_broken", reason=policy) from None
    return plan


def _wishes(columns: Any) -> list[tuple[str, dict[str, Any]]]:
    """Both forms: {header: target} as one writes it, and the list a saved plan holds."""
    if isinstance(columns, dict):
        return [
            (str(header), dict(wish) if isinstance(wish, dict) else {"target": wish})
            for header, wish in columns.items()
        ]
    if isinstance(columns, list) and all(isinstance(one, dict) for one in columns):
        return [(str(one.get("header", "")), dict(one)) for one in columns]
    raise Refused("cli.mapping_broken", reason="columns")


def _mapping(file: str) -> dict[str, Any]:
    if not file:
        return {}
    try:
        content = json.loads(Path(file).read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise Refused("cli.mapping_broken", reason=str(error)) from error
    if not isinstance(content, dict):
        raise Refused("cli.mapping_broken", reason="{}")
    return content


def _figures(report: ImportReport, words: Words) -> list[tuple[str, str]]:
    plain = report.plain()
    rows = [
        (words.text(f"cli.import_{name}"), str(plain[name]))
        for name in ("rows", "created", "updated", "same", "skipped", "failed")
    ]
    for kind in Kind:
        plural = next((name for name, one in KINDS.items() if one is kind), "")
        if report.by_kind.get(plural):
            name = words.text(f"kind.{kind.value}.plural")
            rows.append((words.text("cli.import_new", name=name), str(report.by_kind[plural])))
    return rows

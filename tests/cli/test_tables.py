"""Import and export through the command line."""

from __future__ import annotations

import gc
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crm_desktop.cli.demo import workbook
from crm_desktop.cli.parser import KINDS
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.domain.views import View
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from tests.cli.conftest import DAY, Run

OUTCOMES = ("created", "updated", "same", "skipped", "failed")


@pytest.fixture
def customers(tmp_path: Path) -> Path:
    path = tmp_path / "customers.xlsx"
    workbook.write(path, date.fromisoformat(DAY))
    return path


def small(folder: Path, *rows: str) -> Path:
    path = folder / "small.csv"
    path.write_text("\n".join(("姓名,公司名称,手机,备注", *rows)) + "\n", encoding="utf-8-sig")
    return path


def test_import_tells_the_promised_keys(run: Run, customers: Path, tmp_path: Path) -> None:
    book = tmp_path / "new.crm"
    code, told, err = run("--book", book, "import", customers, "--json", "--lang", "zh")
    assert (code, err) == (0, "")
    assert set(told) == {"rows", *OUTCOMES, "by_kind", "values", "problems", "gesture", "notes"}
    assert told["rows"] == sum(told[name] for name in OUTCOMES) == 300
    assert told["by_kind"] == {"people": 300, "companies": 210}
    values: dict[str, int] = told["values"]
    assert values["person.mobile"] == 300
    assert values["person.birthday_full"] + values["person.birthday_month_day"] == values[
        "person.birthday"
    ]  # fmt: skip
    assert isinstance(told["gesture"], int)
    assert {problem["code"] for problem in told["problems"]} == {"company_differs"}
    assert all(set(one) == {"row", "column", "code", "message"} for one in told["problems"])

    again = run("--book", book, "import", customers, "--json", "--lang", "zh")[1]
    assert again["same"] == 300
    assert again["by_kind"] == {"people": 0, "companies": 0}
    assert again["gesture"] is None


def test_import_tells_in_words(run: Run, customers: Path, tmp_path: Path) -> None:
    code, told, _ = run("--book", tmp_path / "new.crm", "--lang", "zh", "import", customers)
    assert code == 0
    assert "已从 customers.xlsx 导入" in told
    assert "第 " in told


def test_check_writes_nothing(run: Run, customers: Path, book: Path) -> None:
    before = run("--book", book, "search", "林晓帆", "--json")[1]
    told = run("--book", book, "import", customers, "--check", "--json")[1]
    assert told["created"] == 300
    assert told["gesture"] is None
    assert run("--book", book, "search", "林晓帆", "--json")[1] == before


def test_a_failed_row_does_not_block_the_others(run: Run, tmp_path: Path) -> None:
    file = small(tmp_path, "陈一,甲公司,13800000001,", ",,13800000002,没有名字", "陈三,,,")
    told = run("--book", tmp_path / "b.crm", "import", file, "--json")[1]
    assert (told["rows"], told["created"], told["failed"]) == (3, 2, 1)
    assert told["problems"][0]["row"] == 3


@pytest.mark.parametrize(
    ("policy", "expected"),
    [("fill", "same"), ("overwrite", "updated"), ("skip", "skipped"), ("add", "created")],
)
def test_policies_for_existing_records(
    policy: str, expected: str, run: Run, tmp_path: Path
) -> None:
    book = tmp_path / "b.crm"
    head = "姓名,职务,手机\n"
    for title in ("经理", "总监"):
        (tmp_path / f"{title}.csv").write_text(f"{head}陈一,{title},13800000001\n", "utf-8-sig")
    run("--book", book, "import", tmp_path / "经理.csv", "--json")
    words = ("import", tmp_path / "总监.csv", "--existing", policy, "--json")
    told = run("--book", book, *words)[1]
    assert told[expected] == 1, told


def test_a_mapping_is_saved_and_given_back(run: Run, tmp_path: Path) -> None:
    file, plan = small(tmp_path, "陈一,甲公司,13800000001,好"), tmp_path / "plan.json"
    run("--book", tmp_path / "b.crm", "import", file, "--check", "--save-mapping", plan, "--json")
    content: dict[str, Any] = json.loads(plan.read_text("utf-8"))
    assert "陈一" not in plan.read_text("utf-8")
    content["columns"] = [
        {**one, "target": None} if one["header"] == "备注" else one for one in content["columns"]
    ]
    plan.write_text(json.dumps(content), "utf-8")
    told = run("--book", tmp_path / "b.crm", "import", file, "--mapping", plan, "--json")[1]
    assert "person.notes" not in told["values"]
    assert told["values"]["person.mobile"] == 1


def test_a_mapping_written_by_hand(run: Run, tmp_path: Path) -> None:
    file, plan = small(tmp_path, "陈一,甲公司,13800000001,主管"), tmp_path / "plan.json"
    plan.write_text(json.dumps({"columns": {"备注": "person.title"}}), "utf-8")
    told = run("--book", tmp_path / "b.crm", "import", file, "--mapping", plan, "--json")[1]
    assert told["values"]["person.title"] == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("not json", "cli.mapping_broken"),
        ("[]", "cli.mapping_broken"),
        ('{"columns": 3}', "cli.mapping_broken"),
        ('{"columns": {"没有": "person.name"}}', "cli.mapping_column"),
        ('{"columns": {"备注": "person.cat"}}', "cli.mapping_target"),
        ('{"existing": "maybe"}', "cli.mapping_broken"),
        ('{"match": ["shoe size"]}', "cli.mapping_broken"),
        ('{"columns": {"备注": {"existing": "maybe"}}}', "cli.mapping_broken"),
    ],
)
def test_a_wrong_mapping_is_refused(text: str, code: str, run: Run, tmp_path: Path) -> None:
    file, plan = small(tmp_path, "陈一,甲公司,13800000001,好"), tmp_path / "plan.json"
    plan.write_text(text, "utf-8")
    got, told, _ = run("--book", tmp_path / "b.crm", "import", file, "--mapping", plan, "--json")
    assert got == 1
    assert told["error"]["code"] == code


@pytest.mark.parametrize("name", ["none.xlsx", "."])
def test_what_is_no_file_is_refused(name: str, run: Run, tmp_path: Path) -> None:
    code, told, _ = run("--book", tmp_path / "b.crm", "import", tmp_path / name, "--json")
    assert code == 1
    assert told["error"]["message"]


def test_an_unknown_sheet_is_refused(run: Run, customers: Path, tmp_path: Path) -> None:
    words = ("--book", tmp_path / "b.crm", "import", customers, "--sheet", "没有", "--json")
    code, told, _ = run(*words)
    assert code == 1
    assert told["error"]["code"] == "reading.no_such_sheet"


@pytest.mark.parametrize("kind", [*KINDS, "birthdays"])
@pytest.mark.parametrize("end", ["xlsx", "csv"])
def test_every_kind_is_exported(kind: str, end: str, run: Run, book: Path, tmp_path: Path) -> None:
    path = tmp_path / f"out.{end}"
    code, told, _ = run("--book", book, "export", kind, path, "--json")
    assert code == 0
    assert told["kind"] == kind
    if end == "xlsx":
        sheet = openpyxl.load_workbook(path).worksheets[0]
        assert sheet.max_row == told["rows"] + 1
    else:
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("name", ["out.pdf", "none/out.xlsx", "."])
def test_a_target_that_cannot_be_written_is_refused(
    name: str, run: Run, book: Path, tmp_path: Path
) -> None:
    code, told, _ = run("--book", book, "export", "people", tmp_path / name, "--json")
    assert code == 1
    assert told["error"]["message"]


def test_a_saved_view_is_exported_as_it_shows(run: Run, book: Path, tmp_path: Path) -> None:
    clock = FixedClock(datetime(2026, 11, 20, 1, tzinfo=UTC), "Asia/Shanghai")
    with open_book(book, clock) as opened:
        services = Services(opened, clock, Home.at(tmp_path / "home"))
        customer = services.lists.by_code("lifecycle", "customer").id
        query = Query(order=(("name", True),)).also(Condition("lifecycle", Op.ANY_OF, (customer,)))
        services.views.add(Kind.COMPANY, "老客户", View(query, ("city", "name")))
        expected = services.records.count(Kind.COMPANY, query)
    path = tmp_path / "out.xlsx"
    code, told, _ = run(
        "--book", book, "--lang", "zh", "export", "companies", path, "--view", "老客户", "--json"
    )
    assert code == 0
    assert told["rows"] == expected > 0
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = list(sheet.values)
    assert rows[0] == ("城市", "公司名称", "crm_company_uid", "crm_company_version")
    assert len(rows) == expected + 1


@pytest.mark.parametrize(
    ("kind", "code"),
    [("people", "views.none"), ("birthdays", "views.not_for")],
)
def test_an_unknown_view_is_refused_kindly(
    kind: str, code: str, run: Run, book: Path, tmp_path: Path
) -> None:
    path = tmp_path / "out.xlsx"
    words = ("--book", book, "--lang", "zh", "export", kind, path, "--view", "没有的视图", "--json")
    exit_code, told, _ = run(*words)
    assert exit_code == 1
    assert told["error"]["code"] == code
    assert "视图" in told["error"]["message"]
    assert not path.exists()


@pytest.mark.parametrize("there", [True, False])
def test_a_refused_import_and_a_check_leave_nothing_behind(
    run: Run, tmp_path: Path, there: bool
) -> None:
    file = small(tmp_path, "陈一,甲公司,13800000001,好")
    home = tmp_path / "books"
    book = home / "deep" / "b.crm"
    if there:
        home.mkdir()
        (home / "other.txt").write_text("stays")
    for words in (
        ("import", file, "--check"),
        ("import", tmp_path / "none.csv"),
        ("import", file, "--sheet", "没有"),
        ("import", file, "--mapping", tmp_path / "none.json"),
    ):
        run("--book", book, *words, "--json")
        assert not book.parent.exists()
        assert [one.name for one in home.iterdir()] == ["other.txt"] if there else True
    assert home.exists() == there
    assert run("--book", book, "import", file, "--json")[1]["created"] == 1
    assert run("--book", book, "import", tmp_path / "none.csv", "--json")[0] == 1
    assert book.exists()


def test_a_mapping_tells_encoding_separator_sheet_and_header(run: Run, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    file = tmp_path / "latin.csv"
    file.write_bytes("comment\nName|Company\nMüller|Société\n".encode("cp1252"))
    plan.write_text(
        json.dumps({"kind": "people", "encoding": "cp1252", "delimiter": "|", "header_row": 2})
    )
    book = tmp_path / "b.crm"
    told = run("--book", book, "import", file, "--mapping", plan, "--json")[1]
    assert (told["rows"], told["created"]) == (1, 1)
    assert run("--book", book, "search", "Société", "--json")[1] != []

    sheets = tmp_path / "sheets.xlsx"
    made = openpyxl.Workbook()
    for name, person in (("一月", "陈一"), ("二月", "王二")):
        sheet = made.create_sheet(name)
        sheet.append(["姓名", "手机"])
        sheet.append([person, "13800000001"])
    del made["Sheet"]
    made.save(sheets)
    words = ("--book", book, "import", sheets, "--json")
    run(*words, "--sheet", "二月", "--check", "--save-mapping", plan)
    run(*words, "--mapping", plan)
    assert run("--book", book, "search", "王二", "--json")[1] != []
    assert run("--book", book, "search", "陈一", "--json")[1] == []
    plan.write_text(json.dumps({"sheet_name": "三月"}))
    assert run(*words, "--mapping", plan)[1]["error"]["code"] == "reading.no_such_sheet"
    plan.write_text(json.dumps({"header_row": "two"}))
    assert run(*words, "--mapping", plan)[1]["error"]["code"] == "cli.mapping_broken"


def test_a_bug_is_told_as_a_document_too(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(desk: Any) -> None:
        raise KeyError("surprise")

    monkeypatch.setattr("crm_desktop.cli.tables.take_in", broken)
    code, told, err = run("--book", tmp_path / "b.crm", "import", "x.csv", "--json")
    assert code == 1
    assert told["error"]["code"] == "cli.bug"
    assert "KeyError" in told["error"]["message"]
    assert "surprise" in err


def test_problem_rows_are_saved_mended_and_taken_in(run: Run, tmp_path: Path) -> None:
    file, out, book = small(tmp_path, "张伟,甲,13812345678,", ",,13900001111,"), tmp_path / "错.xlsx", tmp_path / "b.crm"  # fmt: skip # noqa: E501
    code, told, _ = run("--book", book, "--lang", "zh", "import", file, "--problems", out)
    assert code == 0
    assert str(out) in told
    made = openpyxl.load_workbook(out)
    sheet = made.active
    assert sheet is not None
    assert sheet.max_row == 2
    sheet["A2"] = "李娜"
    made.save(out)
    again = run("--book", book, "import", out, "--json")[1]
    assert (again["rows"], again["created"], again["problems"]) == (1, 1, [])


def test_problem_rows_are_a_workbook(run: Run, tmp_path: Path) -> None:
    file = small(tmp_path, ",,13900001111,")
    words = ("import", file, "--check", "--problems", tmp_path / "x.csv", "--json")
    code, told, _ = run("--book", tmp_path / "b.crm", *words)
    assert (code, told["error"]["code"]) == (1, "cli.problems_ending")
    assert not (tmp_path / "x.csv").exists()


def test_where_problem_rows_cannot_go_is_told_before_the_import(run: Run, tmp_path: Path) -> None:
    file, book = small(tmp_path, "张伟,甲,13812345678,", ",,13900001111,"), tmp_path / "b.crm"
    for out, code in ((tmp_path / "x.csv", "cli.problems_ending"),
                      (tmp_path / "none" / "x.xlsx", "writing.no_folder")):  # fmt: skip
        exit_code, told, _ = run("--book", book, "import", file, "--problems", out, "--json")
        assert (exit_code, told["error"]["code"]) == (1, code)
        assert not book.exists()


def test_an_import_whose_problem_rows_cannot_be_written_is_told_as_done(
    run: Run, tmp_path: Path
) -> None:
    file, book = small(tmp_path, "张伟,甲,13812345678,", ",,13900001111,"), tmp_path / "b.crm"
    too_long = tmp_path / f"{'x' * 250}.xlsx"  # with the ending it has until it is whole
    words = ("--lang", "en", "import", file, "--problems", too_long, "--json")
    code, told, err = run("--book", book, *words)
    gc.collect()  # rows left half-written would complain now
    assert (code, told["created"], told["failed"]) == (1, 1, 1)
    assert too_long.name in err
    assert run("--book", book, "search", "张伟", "--json")[1]
    code, told, _ = run("--book", book, *words, "--check")
    assert (code, told["error"]["code"]) == (1, "writing.failed")


def test_a_mapping_is_remembered(run: Run, tmp_path: Path) -> None:
    file, plan = small(tmp_path, "张伟,甲,13812345678,"), tmp_path / "plan.json"
    plan.write_text('{"columns": {"手机": "person.phone"}}', encoding="utf-8")
    book = tmp_path / "b.crm"
    run("--book", book, "import", file, "--mapping", plan, "--json")
    told = run("--book", book, "--lang", "zh", "import", file)[1]
    assert "上次" in told
    again = run("--book", book, "import", file, "--check", "--json")[1]
    assert again["values"]["person.phone"] == 1


def test_a_mapping_tells_keys_and_policies(run: Run, tmp_path: Path) -> None:
    book, plan = tmp_path / "b.crm", tmp_path / "plan.json"
    run("--book", book, "import", small(tmp_path, "张伟,甲,13812345678,老客户"), "--json")
    plan.write_text(
        '{"match": ["mobile"], "existing": "overwrite", "columns": {"姓名": {"existing": "skip"}}}',
        encoding="utf-8",
    )
    file = small(tmp_path, "张大伟,甲,13812345678,新")
    told = run("--book", book, "import", file, "--mapping", plan, "--json")[1]
    assert (told["created"], told["updated"], told["problems"]) == (0, 1, [])


def test_an_import_asks_what_the_rows_are_where_nothing_says_so(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "regions.csv"
    file.write_text("code,name\n11,North\n12,South\n", encoding="utf-8")
    book = tmp_path / "new.crm"
    code, _, err = run("--book", book, "import", file, "--check", "--lang", "en")
    assert code != 0
    assert "--kind" in err
    assert "products" in err
    code, told, err = run("--book", book, "import", file, "--kind", "products", "--json")
    assert (code, err, told["created"]) == (0, "", 2)

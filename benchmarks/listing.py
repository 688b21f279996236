"""The list of a million people: ids, first rows, a page anywhere, sorting and filtering."""

from __future__ import annotations

from array import array
from statistics import median

from benchmarks import books
from benchmarks.measure import Result, seconds, within
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import EVERYTHING, Condition, Op, Query
from crm_desktop.services.house import Services

PEOPLE = 1_000_000
JUMPS = 15
COLUMNS = ("name", "company", "lifecycle", "next_step", "mobile")
ORDERS = (
    *("company", "lifecycle", "next_step", "mobile", "title", "last_contact", "city", "in_charge"),
    *("birthday", "influence", "notes", "created_at", "changed_at"),
)
"""What the list shows and is sorted by: held by people, by other tables, in long texts."""


def run(people: int = PEOPLE) -> list[Result]:
    """Services only; painting is measured with the table's own model."""
    services = books.people(people)
    records = services.records
    try:
        records.ids(Kind.PERSON, limit=200)
        first = seconds(
            lambda: records.rows(Kind.PERSON, records.ids(Kind.PERSON, limit=200)[:40], COLUMNS)
        )
        ids = array("q")
        whole = seconds(lambda: ids.extend(records.ids(Kind.PERSON)))
        # Each place is one that nothing was read of before.
        places = range(len(ids) // 2, len(ids), max(1, len(ids) // 2 // JUMPS))[:JUMPS]
        jumps = [_jump(services, ids[place : place + 100]) for place in places]
        order = Query(order=(("name", True),))
        sort = seconds(lambda: records.ids(Kind.PERSON, order, 200))
        sorts = {(key, down): _sorted(services, key, down) for key in ORDERS for down in (0, 1)}
        slowest, down = max(sorts, key=lambda each: sorts[each])
        lead = services.lists.by_code("lifecycle", "lead").id
        query = EVERYTHING.also(Condition("lifecycle", Op.IS, lead))
        filtered = seconds(lambda: records.ids(Kind.PERSON, query, 200))
        works_at = EVERYTHING.also(Condition("company", Op.IS, people // 20))
        colleagues = seconds(lambda: records.ids(Kind.PERSON, works_at, 5))
        digits = EVERYTHING.also(Condition("mobile", Op.CONTAINS, "1388888"))
        called = seconds(lambda: records.ids(Kind.PERSON, digits, 200))
        unheard = EVERYTHING.also(Condition("mobile", Op.EMPTY))
        lacking = seconds(lambda: records.ids(Kind.PERSON, unheard, 200))
        how_many = seconds(lambda: records.count(Kind.PERSON, unheard))
        noted = EVERYTHING.also(Condition("notes", Op.FILLED))
        rare = seconds(lambda: records.ids(Kind.PERSON, noted, 200))
        fullest = max(_sorted(services, "completeness", down) for down in (0, 1))
        buyers = max(_sorted(services, "year_amount", down) for down in (0, 1))
    finally:
        services.book.close()
    own = _own_field(people)
    return [
        within(f"list of {people:,}: first 40 rows", first, 0.046),
        within(f"list of {people:,}: all ids", whole, 0.5),
        within(
            f"list of {people:,}: 100 rows elsewhere",
            median(jumps),
            0.013,
            f"of {len(jumps)} places; the first {jumps[0] * 1000:.0f} ms, "
            f"the slowest {max(jumps) * 1000:.0f}",
        ),
        within(f"list of {people:,}: other order, first page", sort, 0.15),
        within(
            f"list of {people:,}: slowest of {len(sorts)} orders",
            sorts[slowest, down],
            0.15,
            f"{slowest} {'down' if down else 'up'}; median {median(sorts.values()) * 1000:.0f} ms",
        ),
        within(f"list of {people:,}: filter on an indexed field", filtered, 0.1),
        within(f"list of {people:,}: filter on an own field", own, 0.15),
        within(f"list of {people:,}: people of one company", colleagues, 0.01),
        within(f"list of {people:,}: digits within a number", called, 0.15),
        within(f"list of {people:,}: without a mobile", lacking, 0.15),
        within(f"list of {people:,}: how many these are", how_many, 0.15),
        within(f"list of {people:,}: a filter that nobody holds", rare, 0.15),
        within(f"list of {people:,}: by completeness", fullest, 0.15),
        within(f"list of {people:,}: by what they bought", buyers, 0.15),
    ]


def _sorted(services: Services, key: str, down: int) -> float:
    """The first page in the order of a column, asked for again."""
    query = Query(order=((key, bool(down)),))
    times = [seconds(lambda: services.records.ids(Kind.PERSON, query, 200)) for _ in range(2)]
    return min(times)


def _jump(services: Services, ids: array[int]) -> float:
    """The rows of a place in the list."""
    return seconds(lambda: services.records.rows(Kind.PERSON, ids, COLUMNS))


def _own_field(people: int) -> float:
    """The first page of those with a value in a searchable field of the user's own."""
    services, key = books.with_own_field(people)
    records = services.records
    try:
        records.ids(Kind.PERSON, limit=200)
        wanted = people // 2
        query = EVERYTHING.also(Condition(key, Op.IS, f"M{wanted:07}"))
        found: list[int] = []
        taken = seconds(lambda: found.extend(records.ids(Kind.PERSON, query, 200)))
        assert found == [wanted]
    finally:
        services.book.close()
    return taken

"""The search box over a million people."""

from __future__ import annotations

from benchmarks import books
from benchmarks.measure import Result, clock, percentile, ratio, within
from crm_desktop.data import search
from crm_desktop.data.search.documents import from_text
from crm_desktop.data.uncollected import uncollected
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.search_match import matches
from crm_desktop.services.house import Services

PEOPLE = 1_000_000
QUERIES = {
    "one character": "伟 芳 娜 王 李",
    "two characters": "王伟 李芳 张敏 刘静 陈丽",
    "full pinyin": "wangwei lifang zhangmin liujing chenli",
    "initials": "ww lf zm ljg cly",
    "mixed": "王wei 李f li芳 zhang敏 chen丽",
    "phone tail": "123456 004321 099999 5555 77777",
    "e-mail part": "u123456 u99999 u5000 u777777 u31415",
    "two words": "王伟,软件 李芳,机械 张敏,食品",
    "English prefix": "joh mill eliza schm andrew",
}
LOOKED_AT = 5_000
"""People of whom is asked, one by one, whether they answer: of all it would take minutes."""


def run(people: int = PEOPLE) -> list[Result]:
    """The first fifty, ranked, of five queries a category; each asked three times."""
    services = books.people(people)
    results = []
    try:
        services.search.find("王伟")  # the first query pays for cold pages
        for name, listed in QUERIES.items():
            times = []
            # As in the window: its readers leave the search for garbage to a timer.
            with uncollected():
                for query in listed.split() * 3:
                    started = clock()
                    services.search.find(query.replace(",", " "), 50)
                    times.append(clock() - started)
            results.append(
                within(f"search, {name}, {people:,} people", percentile(times, 0.95), 0.016)
            )
        if people < PEOPLE:
            results.append(_recall(services, people))
        results.append(_size(services, people))
    finally:
        services.book.close()
    return results


def _recall(services: Services, people: int) -> Result:
    """How many of those who answer a query, compared one by one, the index finds."""
    every = max(1, people // LOOKED_AT)
    answering = found = 0
    with services.book.read() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT record_id, texts FROM search_entries"
            " WHERE kind = 'person' AND record_id % ? = 0",
            (every,),
        )
        some = {record_id: from_text(texts) for record_id, texts in rows}
        for listed in QUERIES.values():
            for query in (one.replace(",", " ") for one in listed.split()):
                wanted = {one for one, fields in some.items() if matches(query, fields) is not None}
                answering += len(wanted)
                found += len(wanted.intersection(search.record_ids(session, Kind.PERSON, query)))
    note = f"{found:,} of {answering:,} that answer, among {len(some):,} people"
    reached = found == answering > 0
    return Result("search, recall", found / answering, None, "1.0", reached, note, unit="")


def _size(services: Services, people: int) -> Result:
    """What is kept for the search alone: the index, and the texts that prove what it proposes."""
    with services.book.read() as session:
        execute = session.connection().exec_driver_sql
        index = execute("SELECT sum(length(block)) FROM search_index_data").scalar_one()
        texts = execute("SELECT sum(length(CAST(texts AS BLOB))) FROM search_entries").scalar_one()
    rest = services.book.path.stat().st_size - index - texts
    note = f"the index alone {index // 1_000_000} MB; the floor is the rest of the book"
    what = f"size of the search, {people:,} people"
    return ratio(what, (index + texts) / 1e6, rest / 1e6, 0.4, note, unit="MB")

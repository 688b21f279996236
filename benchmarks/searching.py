"""The search box over a million people."""

from __future__ import annotations

from benchmarks import books
from benchmarks.measure import Result, clock, percentile, ratio, within
from crm_desktop.data.uncollected import uncollected
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
}


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
        results.append(_size(services, people))
    finally:
        services.book.close()
    return results


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

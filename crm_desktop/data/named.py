"""People and companies named in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import text

from crm_desktop.data.session import Session
from crm_desktop.domain.kinds import Kind, Ref

# The first word of a Latin name, the whole of a Chinese one; what is shorter names nobody.
_PEOPLE = text(
    "SELECT id, name, substr(name, 1, instr(name || ' ', ' ') - 1) AS first FROM people"
    " WHERE trashed_at IS NULL AND length(first) >= 2 AND instr(:text, lower(first)) > 0"
    " LIMIT 200"
)
_COMPANIES = text(
    "SELECT id, name FROM companies"
    " WHERE trashed_at IS NULL AND length(name) >= 2 AND instr(:text, lower(name)) > 0 LIMIT 50"
)


def named_in(session: Session, sentence: str) -> Iterator[tuple[str, int, Ref]]:
    """Names found, with their place and the record: (as written, start, reference).

    A first name counts only where it means one person alone.
    """
    lowered = sentence.lower()
    by_first: dict[str, list[Ref]] = {}
    named: set[str] = set()  # first names that belong to a whole name in the sentence
    for record_id, name, first in session.execute(_PEOPLE, {"text": lowered}):
        ref = Ref(Kind.PERSON, record_id, name)
        whole = _place(lowered, name.lower())
        if whole is not None:
            named.add(first.lower())
            yield sentence[whole : whole + len(name)], whole, ref
        else:
            by_first.setdefault(first.lower(), []).append(ref)
    for first, refs in by_first.items():
        start = _place(lowered, first)
        if len(refs) == 1 and start is not None and first not in named:
            yield sentence[start : start + len(first)], start, refs[0]
    for record_id, name in session.execute(_COMPANIES, {"text": lowered}):
        start = _place(lowered, name.lower())
        if start is not None:
            yield sentence[start : start + len(name)], start, Ref(Kind.COMPANY, record_id, name)


def _place(sentence: str, name: str) -> int | None:
    """Where a name stands; a Latin one only as whole words."""
    start = sentence.find(name)
    while start >= 0:
        end = start + len(name)
        before, after = sentence[start - 1 : start], sentence[end : end + 1]
        glued = (_latin(before) and _latin(name[0])) or (_latin(after) and _latin(name[-1]))
        if not glued:
            return start
        start = sentence.find(name, start + 1)
    return None


def _latin(sign: str) -> bool:
    return bool(sign) and sign.isascii() and sign.isalnum()

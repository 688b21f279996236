"""CSV knows no types: a text that a spreadsheet would take for a formula gets a ' in front.

OWASP's list (= + - @, tab, carriage return, NUL) and the full-width forms, also behind spaces
and quotation marks; +86 telephone numbers begin so too. `unguarded` takes away exactly what
`guarded` added, so export and import give the same text.
"""

from __future__ import annotations

import re

_DANGEROUS = re.compile(r"""'*[\s"]*[=+\-@\t\r\0＝＋－＠]""")


def guarded(text: str) -> str:
    """`text`, with a ' in front where a spreadsheet would calculate it."""
    return "'" + text if _DANGEROUS.match(text) else text


def unguarded(text: str) -> str:
    """`text` without the ' that `guarded` put in front."""
    return text[1:] if text[:1] == "'" and _DANGEROUS.match(text[1:]) else text

"""Problems of the user's circumstances: a code with arguments; the sentence is made elsewhere."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to look at: `code` names its sentence, `field` the place it belongs to."""

    code: str
    field: str = ""
    args: dict[str, Any] = dataclasses.field(default_factory=dict)


class Refused(Exception):  # noqa: N818 - it says what happened, as the sentence does
    """The program cannot do what was asked, for a reason the user can understand and mend.

    The words "problem.CODE" (or CODE itself where it names its own area, "area.code")
    say what happened, why, and what to do now.
    """

    def __init__(self, code: str, **args: Any) -> None:
        super().__init__(code, args)
        self.code = code
        self.args_for_words = args

    @property
    def key(self) -> str:
        """The key of the sentence in the catalogue of words."""
        return self.code if "." in self.code else f"problem.{self.code}"

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value!r}" for name, value in self.args_for_words.items())
        return f"{self.code}({details})"

    def __reduce__(self) -> tuple[Any, ...]:
        # Travels from the child process that reads foreign files.
        return _rebuild, (self.code, self.args_for_words)


def _rebuild(code: str, args: dict[str, Any]) -> Refused:
    return Refused(code, **args)

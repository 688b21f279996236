"""A language that no one speaks: English with every text two fifths longer."""

from __future__ import annotations

import math
import re
from typing import Any

from crm_desktop.words import Words, area

SHARE = 0.4
_BLANK = re.compile(r"\{[^}]*\}")


def longer(text: str) -> str:
    """The text with more of its own letters; what stands in braces is not counted."""
    plain = _BLANK.sub("", text).replace("&", "")
    if sum(letter.isalpha() for letter in plain) < 2:
        return text
    more = math.ceil(len(plain) * SHARE)
    letters = "".join(plain.split()) * 2
    return f"{text} {letters[: more - 1]}" if more > 4 else f"{text}{letters[:more]}"


class LongerWords(Words):
    """Words as `tr` asks for them, each of them longer."""

    def text(self, key: str, /, **args: Any) -> str:
        """The longer words for `key`."""
        entry = area(key.partition(".")[0])[key][self.language]
        if isinstance(entry, dict):
            one = args.get("count") == 1
            entry = entry["one" if one and "one" in entry else "other"]
        found = longer(entry)
        return found.format_map(args) if args else found

"""The words printed on paper, in one language or in both."""

from __future__ import annotations

from typing import Any

from crm_desktop.documents.paper import Language
from crm_desktop.words import Words


class Labels:
    """Words for paper: Chinese, English, or Chinese with English beside it."""

    def __init__(self, language: Language) -> None:
        self.bilingual = language == "bi"
        self.english = language != "zh"
        self._first = Words("en" if language == "en" else "zh")
        self._second = Words("en") if self.bilingual else None

    def pair(self, key: str, **args: Any) -> tuple[str, ...]:
        """The words, and on bilingual paper the English ones after them."""
        first = self._first.text(f"paper.{key}", **args)
        if self._second is None:
            return (first,)
        second = self._second.text(f"paper.{key}", **args)
        return (first,) if second == first else (first, second)

    def first(self, key: str, **args: Any) -> str:
        """The words in the first language alone."""
        return self._first.text(f"paper.{key}", **args)

    def text(self, key: str, **args: Any) -> str:
        """The words on one line."""
        return " ".join(self.pair(key, **args))

    def colon(self, key: str) -> str:
        """The words as they stand before what they name."""
        return self.text(key) + self._first.text("paper.colon")

    def page(self, page: int, pages: int) -> str:
        """Page x of y."""
        return "  ".join(self.pair("page", page=page, pages=pages))

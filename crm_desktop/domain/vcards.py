"""Cards of people and companies, as they are given to others."""

from __future__ import annotations

from enum import StrEnum


class CardVersion(StrEnum):
    """Of the format vCard; 3.0 is what every phone reads."""

    THREE = "3.0"
    FOUR = "4.0"

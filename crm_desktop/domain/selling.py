"""The ways of selling a firm chooses among: each brings a pipeline with its stages."""

from __future__ import annotations

from crm_desktop.domain.shipped_lists import SHIPPED, Shipped

STANDARD = "standard"


def _stages(way: str, *open_ones: tuple[str, str, int, int]) -> tuple[Shipped, ...]:
    """Open stages as (code, colour, chance in percent, days until stale), then won and lost."""
    stages = [
        Shipped(code, color, way, {"probability": chance, "stale": days, "state": "open"})
        for code, color, chance, days in open_ones
    ]
    for code, color, chance in (("won", "green", 100), ("lost", "red", 0)):
        stages.append(Shipped(code, color, way, {"probability": chance, "stale": 0, "state": code}))
    return tuple(stages)


WAYS: dict[str, tuple[Shipped, ...]] = {
    STANDARD: SHIPPED["stage"],
    "promotion": _stages(
        "promotion",
        ("chosen", "grey", 10, 14),
        ("visited", "blue", 25, 10),
        ("listed", "purple", 50, 14),
        ("displayed", "teal", 70, 21),
        ("reordered", "amber", 90, 30),
    ),
    "project": _stages(
        "project",
        ("found", "grey", 5, 30),
        ("needs", "blue", 15, 30),
        ("solution", "teal", 30, 30),
        ("proof", "purple", 45, 45),
        ("tender", "amber", 60, 30),
        ("negotiation", "amber", 80, 14),
    ),
    "membership": _stages(
        "membership",
        ("lead", "grey", 20, 14),
        ("trial", "blue", 40, 14),
        ("offered", "purple", 60, 7),
        ("joining", "amber", 85, 5),
    ),
    "key_accounts": _stages(
        "key_accounts",
        ("mapped", "grey", 10, 60),
        ("access", "blue", 25, 45),
        ("plan", "teal", 45, 45),
        ("quoted", "purple", 65, 30),
        ("negotiation", "amber", 85, 21),
    ),
}
"""By the code of their pipeline. Chances and days are starting values; the user edits them."""

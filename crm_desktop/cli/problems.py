"""Problems in the rows of a file, as a command tells them."""

from __future__ import annotations

from crm_desktop.domain.imports import ImportProblem
from crm_desktop.words import Words


def problem_text(problem: ImportProblem, words: Words) -> str:
    """The sentence of a problem in a row."""
    key = problem.code if "." in problem.code else f"problem.{problem.code}"
    if not words.has(key):
        return words.text("cli.refused", code=problem.code)
    return words.text(key, **problem.args)


def problem_line(problem: ImportProblem, words: Words) -> str:
    """The same with its row and column."""
    where = words.text("cli.row", row=problem.row)
    if problem.column:
        where = words.text("cli.row_column", row=problem.row, column=problem.column)
    return words.text("format.colon", name=where, value=problem_text(problem, words))

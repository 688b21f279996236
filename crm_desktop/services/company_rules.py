"""What is special about changing companies: nobody stands above itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.data import figures
from crm_desktop.data.records.titles import titles
from crm_desktop.data.session import Session
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.services.rules import Rules


class CompanyRules(Rules):
    """A parent company is neither the company itself nor one below it."""

    def before_update(
        self, session: Session, ids: Sequence[int], values: dict[str, Any]
    ) -> dict[str, Any]:
        """Nothing is added; a circle is refused."""
        self.check_update(session, ids, values)
        return values

    def check_update(self, session: Session, ids: Sequence[int], values: Mapping[str, Any]) -> None:
        """A circle is refused."""
        parent = values.get("parent")
        parent_id = parent.id if isinstance(parent, Ref) else parent
        for company in ids if parent_id is not None else ():
            below = {one for one, _ in figures.group(session, company)}
            if parent_id == company or parent_id in below:
                names = titles(session, Kind.COMPANY, [company, parent_id])
                raise Refused(
                    "attention.company_in_circle",
                    name=names.get(company, ""),
                    parent=names.get(parent_id, ""),
                )

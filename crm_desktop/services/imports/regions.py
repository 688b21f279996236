"""Province, city and district of records, out of the addresses that rows bring them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_desktop.domain.imports import ImportReport
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.regions import REGION_KEYS, lacks_region, of_addresses
from crm_desktop.exchange.mapping import ImportPlan

NOTE = "import.regions_read"


class Regions:
    """Says what a new address tells, where the sheet tells no region itself, and counts it."""

    def __init__(self, plan: ImportPlan, report: ImportReport) -> None:
        columns = [(column.target or "").split(".") for column in plan.mapped]
        told = [places for places in columns if places[-1] in REGION_KEYS]
        # Columns of its own, even half filled, are what the user means by a region.
        self._parts_only = bool(told)
        self._wanted = all("address" in places for places in told)
        self._report = report

    def told(
        self, kind: Kind, record: Mapping[str, Any], values: Mapping[str, Any]
    ) -> dict[str, str]:
        """The region for `record`, which has the address that a row's `values` brought it."""
        if not self._wanted or "address" not in values:
            return {}
        addresses = values["address"]
        if not lacks_region(record, addresses) or (
            self._parts_only and not any(getattr(addresses[0], key) for key in REGION_KEYS)
        ):
            return {}
        found = of_addresses(addresses)
        if found and not self._parts_only:
            self._report.notes[NOTE] += 1
        for key in found:
            self._report.values[f"{kind.value}.{key}"] += 1
        return found

"""Quote PDFs of 60 and 200 Chinese lines against drawing the same strings."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from benchmarks.measure import Result, in_turns, ratio
from crm_desktop.documents import fonts
from crm_desktop.documents.paper import PaperLine, PaperTotals, Party, QuotePaper
from crm_desktop.documents.quote_pdf import quote_pdf
from crm_desktop.domain.totals import Line, totals


def _paper(count: int) -> QuotePaper:
    line = Line(quantity=Decimal(3), unit_price=Decimal("1280.50"), tax_rate=Decimal(13))
    worked_out = totals([line] * count, "CNY", tax_included=True)
    lines = tuple(
        PaperLine(
            description=f"数控改造套件 第 {number} 型",
            quantity=line.quantity,
            price=line.unit_price,
            amount=worked_out.lines[number].amount,
            unit="套",
            tax_rate=line.tax_rate,
        )
        for number in range(count)
    )
    return QuotePaper(
        number="Q-2026-0001",
        dated=date(2026, 11, 20),
        seller=Party(name="苏州我方精密机械有限公司"),
        customer=Party(name="宁波海拓电子有限公司"),
        lines=lines,
        totals=PaperTotals.of(worked_out),
        language="zh",
        currency="CNY",
    )


def _drawn(count: int) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    height = 800
    for number in range(count):
        canvas.setFont(fonts.REGULAR, 9)
        cells = (str(number), f"数控改造套件 第 {number} 型", "3", "套", "1,280.50", "3,841.50")
        for place, cell in enumerate(cells):
            canvas.drawString(40 + 85 * place, height, cell)
        height -= 18
        if height < 60:
            canvas.showPage()
            height = 800
    canvas.save()
    return target.getvalue()


def run() -> list[Result]:
    """Warm: fonts are registered before."""
    fonts.register()
    results = []
    for count, limit in ((60, 2), (200, 3)):
        paper = _paper(count)
        product, floor = in_turns(
            lambda paper=paper: quote_pdf(paper),  # type: ignore[misc]
            lambda count=count: _drawn(count),  # type: ignore[misc]
            9,
        )
        results.append(ratio(f"quote PDF of {count} lines", product, floor, limit))
    return results

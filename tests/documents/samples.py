"""Papers to print in tests, and what the printed file says."""

from __future__ import annotations

import io
import random
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

from crm_desktop.documents import placeholders
from crm_desktop.documents.paper import (
    ContractPaper,
    Language,
    PaperLine,
    PaperTotals,
    Party,
    QuotePaper,
    TaxSum,
)

SELLER = Party(
    name="苏州恒远精密机械有限公司",
    address="江苏省苏州市工业园区星湖街 328 号创意产业园 5 栋 302",
    contact="王喆",
    phone="0512-6288 1234",
    email="wangzhe@hengyuan.example",
    website="www.hengyuan.example",
    tax_number="91320594MA1XXXXX0T",
    representative="陈镕昇",
    bank="中国工商银行苏州园区支行",
    account="1102 0206 0900 0123 456",
)
CUSTOMER = Party(
    name="上海㐂堃自动化设备股份有限公司",
    address="上海市浦东新区张江高科技园区碧波路 690 号 4 号楼 501 室",
    contact="Michał Nagy-Kovácső",
    phone="+86 138 1234 5678",
    email="m.nagy@xikun.example",
    tax_number="91310115MA1K3XXX8Q",
    representative="刘堃",
    bank="招商银行上海分行张江支行",
    account="1219 0908 8810 601",
)
_GOODS = [
    ("直线导轨 HGH20CA-2R1000Z0C", "件"),
    ("伺服电机 ECMA-C20604RS（400W，带键槽）", "台"),
    ("Ball screw SFU1605, 600 mm, C7", "pcs"),
    ("同步带轮", "个"),
    ("五轴加工中心控制系统升级服务（含现场安装、调试与操作人员培训）", "项"),
]
_DETAIL = (
    "含安装支架与防护罩；交货前按双方确认的图纸 HY-2026-118 检验，随货附检验报告与材质证明："
    "表面阳极氧化处理，颜色 RAL 7035，公差等级 IT7，未注圆角 R0.5。"
)


def lines(count: int, *, discounts: bool = True, taxes: bool = True) -> tuple[PaperLine, ...]:
    """So many lines, always the same ones."""
    chance = random.Random(count)
    found = []
    for index in range(count):
        name, unit = _GOODS[index % len(_GOODS)]
        quantity = Decimal(chance.randint(1, 40))
        price = Decimal(chance.randint(1000, 990000)) / 100
        percent = Decimal(5) if discounts and index % 3 == 1 else None
        amount = (quantity * price * (1 - (percent or 0) / Decimal(100))).quantize(Decimal("0.01"))
        found.append(
            PaperLine(
                description=name,
                quantity=quantity,
                unit=unit,
                price=price,
                amount=amount,
                code=f"HY-{1000 + index}" if index % 5 == 0 else "",
                detail=_DETAIL if index % 5 == 4 else "",
                discount_percent=percent,
                tax_rate=Decimal(13) if taxes else None,
            )
        )
    return tuple(found)


def totals(of: tuple[PaperLine, ...], capitals: str = "壹拾万元整") -> PaperTotals:
    """Sums that belong to these lines."""
    subtotal = sum((line.amount for line in of), Decimal(0))
    tax = (subtotal * Decimal("0.13")).quantize(Decimal("0.01"))
    return PaperTotals(
        subtotal=subtotal,
        total=subtotal + tax,
        taxes=(TaxSum(Decimal(13), tax),),
        capitals=capitals,
    )


def quote(count: int = 3, language: Language = "zh", **changes: object) -> QuotePaper:
    """A quote with so many lines."""
    some = lines(count)
    values: dict[str, object] = {
        "number": "Q-2026-0119",
        "dated": date(2026, 11, 21),
        "valid_until": date(2026, 12, 21),
        "title": "自动化生产线改造项目",
        "seller": SELLER,
        "customer": CUSTOMER,
        "lines": some,
        "totals": totals(some),
        "language": language,
        "terms": "1. 交货期：收到预付款后 25 个工作日。\n2. 付款方式：预付 30%，发货前付 60%，"
        "验收合格后 30 日内付 10%。\n3. 质保期：验收合格之日起 12 个月。",
        "notes": "以上价格含 13% 增值税与运费。",
    }
    return QuotePaper(**(values | changes))  # type: ignore[arg-type]


def contract(count: int = 3, language: Language = "zh", **changes: object) -> ContractPaper:
    """A contract from the shipped sales text, filled."""
    some = lines(count)
    text = placeholders.template("sales.en" if language == "en" else "sales.zh")
    known = {
        "total": "¥100,000.00",
        "total_capitals": "壹拾万元整",
        "total_words": "CNY one hundred thousand only",
        "acceptance_days": "7",
        "delivery_date": "2027-01-15",
        "delivery_place": CUSTOMER.address,
        "payment_terms": "预付 30%，发货前付 60%，验收合格后付 10%",
        "seller_bank": SELLER.bank,
        "seller_account": SELLER.account,
        "invoice_days": "10",
        "warranty_months": "12",
        "penalty_rate": "0.05%",
        "court": "苏州工业园区人民法院",
    }
    values: dict[str, object] = {
        "number": "HT-2026-0042",
        "dated": date(2026, 11, 28),
        "first": CUSTOMER,
        "second": SELLER,
        "title": "Sales contract" if language == "en" else "产品销售合同",
        "body": placeholders.fill(text, known),
        "lines": some,
        "totals": totals(some),
        "language": language,
        "start": date(2026, 12, 1),
        "end": date(2027, 11, 30),
    }
    return ContractPaper(**(values | changes))  # type: ignore[arg-type]


def logo() -> bytes:
    """A PNG with a see-through ground."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGBA", (480, 160), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((4, 4, 156, 156), 36, fill=(29, 78, 107, 255))
    draw.ellipse((48, 48, 112, 112), fill=(255, 255, 255, 255))
    draw.rectangle((190, 56, 470, 76), fill=(29, 78, 107, 255))
    draw.rectangle((190, 92, 400, 106), fill=(150, 170, 185, 255))
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


def text_of(pdf: bytes, folder: Path, *options: str) -> str:
    """What pdftotext reads."""
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", *options, str(file), "-"], capture_output=True, check=True
    )
    return done.stdout.decode("utf-8")

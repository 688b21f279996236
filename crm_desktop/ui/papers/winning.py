"""An answer or a signature often wins the opportunity: offered with the news, done by one click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.pipeline import OPEN
from crm_desktop.ui.language import tr

if TYPE_CHECKING:
    from crm_desktop.ui.context import Choice
    from crm_desktop.ui.papers.paper_page import PaperPage


def tell_and_offer_win(page: PaperPage, said: str, *choices: Choice) -> None:
    """Say what was done; where the opportunity of the document is still open, offer to win it."""
    window, services = page.context.window, page.context.services
    found = page.editing.value("opportunity")
    if not isinstance(found, Ref):
        window.toast(said, undo=True, choices=choices)
        return
    deal: Ref = found

    def win() -> None:
        page.write(
            lambda: services.opportunities.win(deal.id),
            lambda _: window.toast(tr("paper_page.won", name=deal.title), undo=True),
        )

    def told(state: str) -> None:
        more = ((tr("paper_page.win"), win),) if state == OPEN else ()
        window.toast(said, undo=True, choices=(*more, *choices))

    page.read("won", lambda: services.records.card(Kind.OPPORTUNITY, deal.id).values["state"], told)

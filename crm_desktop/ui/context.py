"""What every page is given: the services, and the few things of the window it may ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from crm_desktop.domain.problems import Problem, Refused
from crm_desktop.ui.jobs import Jobs
from crm_desktop.ui.language import has_words, tr
from crm_desktop.ui.navigator import Navigator
from crm_desktop.ui.notifier import Notifier
from crm_desktop.ui.view_state import ViewState

if TYPE_CHECKING:
    from crm_desktop.domain.clock import Clock
    from crm_desktop.paths import Home
    from crm_desktop.services.house import Services
    from crm_desktop.settings import Settings

Choice = tuple[str, Callable[[], Any]]  # the words of a button, and what it does


class Window(Protocol):
    """What a page may ask of the window around it."""

    def toast(
        self, text: str, *, undo: bool = False, choices: Sequence[Choice] = (), stay: bool = False
    ) -> None:
        """Tell what was done; with `undo`, the toast offers to take the last gesture back.

        `stay`: until the user closes it or something newer is told.
        """

    def tell(self, trouble: Refused | Problem) -> None:
        """Say kindly what the user's circumstances do not allow."""

    def banner(self, key: str, text: str, *, choices: Sequence[Choice] = ()) -> None:
        """A line above the page that stays until `close_banner(key)`; the same key replaces it."""

    def close_banner(self, key: str) -> None:
        """Take the banner away."""

    def run_command(self, key: str) -> None:
        """Run a command of the menus, such as "undo" or "import_file"."""

    def restore_book(self, source: Path) -> None:
        """Put a backup in the place of the open book; the window then shows the restored one."""

    def raise_window(self) -> None:
        """Bring the window to the front."""

    def show_import(self, *, under_way: bool) -> None:
        """Whether an import was left under way: the sidebar then leads back to it."""

    def set_sidebar_entries(self, keys: Sequence[str]) -> None:
        """Show these pages in the sidebar, in this order, and keep that."""

    def apply_settings(self) -> None:
        """Language, theme and text size changed in `context.settings`: show and keep them."""


@dataclass(slots=True)
class Context:
    """One per window. `services` is None only before the book is open; no page exists then."""

    services: Services
    navigator: Navigator
    jobs: Jobs
    notifier: Notifier
    state: ViewState
    clock: Clock
    home: Home
    settings: Settings
    window: Window
    extras: dict[str, Any] = field(default_factory=dict)


def sentence(trouble: Refused | Problem) -> str:
    """What happened, why, and what to do now, in the language of the window."""
    if isinstance(trouble, Refused):
        key, args = trouble.key, trouble.args_for_words
    else:
        key = trouble.code if "." in trouble.code else f"problem.{trouble.code}"
        args = trouble.args
    if has_words(key):
        return tr(key, **args)
    # A refusal without words is our own omission; the user still learns which one it was.
    return tr("shell.refused_without_words", code=key)

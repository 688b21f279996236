"""General: language and look of this machine, its sidebar and first page; live."""

from __future__ import annotations

from typing import Any

from crm_desktop.ui.catalogue import SIDEBAR
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.settings.entries import USUAL, EntriesEditor
from crm_desktop.ui.settings.form import Form
from crm_desktop.ui.settings.group import Group, explain
from crm_desktop.ui.theme.theme import DENSITIES, MODES, theme
from crm_desktop.ui.theme.tokens import SCALES
from crm_desktop.ui.widgets import Option

_NAMES = {"en": "English", "zh": "中文"}  # each language by its own name, in both


class GeneralGroup(Group):
    """What belongs to the machine, not to the book."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._card, self._about = self.add_card()
        form = Form("general", self._save)
        form.choice("language", self._languages)
        form.choice("theme", lambda: [Option(mode, tr(f"settings.theme.{mode}")) for mode in MODES])
        form.choice("text_size", lambda: [Option(size, f"{size} %") for size in SCALES])
        form.choice(
            "density", lambda: [Option(key, tr(f"settings.density.{key}")) for key in DENSITIES]
        )
        form.choice("start_page", self._pages)
        self.forms.append(form)
        self.form = form
        self._card.body.addWidget(form)
        self._sidebar, self._sidebar_about = self.add_card()
        self.entries = EntriesEditor()
        self.entries.changed.connect(self.context.window.set_sidebar_entries)
        self._sidebar.body.addWidget(self.entries)
        self.column.addStretch(1)
        theme().changed.connect(self.refresh)  # the View menu changes the same settings

    def retranslate(self) -> None:
        super().retranslate()
        self._card.set_title(tr("settings.group.general"))
        explain(self._about, tr("settings.general.about"))
        self._sidebar.set_title(tr("settings.entries.title"))
        explain(self._sidebar_about, tr("settings.entries.about"))
        self.entries.retranslate()

    def refresh(self) -> None:
        settings = self.context.settings
        self.form.show_values(
            {
                "language": settings.language,
                "theme": settings.theme,
                "text_size": settings.text_size,
                "density": settings.density,
                "start_page": settings.start_page,
            }
        )
        self.entries.show_entries(self.context.state.get("sidebar/entries", USUAL))

    @staticmethod
    def _languages() -> list[Option]:
        found = [Option("", tr("settings.language.system"))]
        return found + [Option(code, name) for code, name in _NAMES.items()]

    @staticmethod
    def _pages() -> list[Option]:
        found = [Option("", tr("settings.start_page.last"))]
        return found + [Option(entry.key, tr(entry.words)) for entry in SIDEBAR]

    def _save(self, key: str, value: Any) -> None:
        setattr(self.context.settings, key, value)
        self.context.window.apply_settings()

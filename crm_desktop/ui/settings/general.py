"""General: language, theme and text size of this machine; live, without restart."""

from __future__ import annotations

from typing import Any

from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.settings.form import Form
from crm_desktop.ui.settings.group import Group, explain
from crm_desktop.ui.theme.theme import MODES
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
        self.forms.append(form)
        self.form = form
        self._card.body.addWidget(form)
        self.column.addStretch(1)

    def retranslate(self) -> None:
        super().retranslate()
        self._card.set_title(tr("settings.group.general"))
        explain(self._about, tr("settings.general.about"))

    def refresh(self) -> None:
        settings = self.context.settings
        self.form.show_values(
            {
                "language": settings.language,
                "theme": settings.theme,
                "text_size": settings.text_size,
            }
        )

    @staticmethod
    def _languages() -> list[Option]:
        found = [Option("", tr("settings.language.system"))]
        return found + [Option(code, name) for code, name in _NAMES.items()]

    def _save(self, key: str, value: Any) -> None:
        setattr(self.context.settings, key, value)
        self.context.window.apply_settings()

"""The language of the window: words for every widget, switched while the program runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QLocale

from crm_desktop.ui.key_names import KeyNames
from crm_desktop.words import LANGUAGES, Words

if TYPE_CHECKING:
    from PySide6.QtCore import QTranslator

_words = Words("en")
_spoken = False
_qt_words: tuple[QTranslator, ...] = ()
_qt_words_follow = False


def tr(key: str, /, **args: Any) -> str:
    """The words for `key` in the language of the window."""
    return _words.text(key, **args)


def has_words(key: str) -> bool:
    """Whether the catalogue knows `key`."""
    return _words.has(key)


def language() -> str:
    """The language of the window: "en" or "zh"."""
    return _words.language


def words() -> Words:
    """The words themselves, for services that write files in the language of the window."""
    return _words


def system_language() -> str:
    """The first language of the system that we speak; English when there is none."""
    for name in QLocale.system().uiLanguages():
        code = name.partition("-")[0].partition("_")[0].lower()
        if code in LANGUAGES:
            return code
    return "en"


def locale() -> QLocale:
    """How numbers and dates are written in the language of the window."""
    return QLocale("zh_CN" if language() == "zh" else "en_GB")


def set_language(wanted: str) -> str:
    """Speak `wanted` from now on ("" follows the system); every widget hears LanguageChange.

    But for the very first time: no widget has said anything yet.
    """
    global _words, _spoken
    chosen = wanted if wanted in LANGUAGES else system_language()
    again, _spoken = _spoken, True
    _words = Words(chosen)
    QLocale.setDefault(locale())
    app = QCoreApplication.instance()
    if app is not None and again:
        from PySide6.QtCore import QEvent  # the first picture does without

        if _qt_words_follow:
            _install_qt_words(app)
        # The application posts it to every window, and from there it reaches every widget.
        QCoreApplication.sendEvent(app, QEvent(QEvent.Type.LanguageChange))
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange.value)
    return chosen


def translate_qt(app: QCoreApplication) -> None:
    """From now on Qt's own words, too, follow the language; the first picture shows none."""
    global _qt_words_follow
    if not _qt_words_follow:
        _qt_words_follow = True
        _install_qt_words(app)


def _install_qt_words(app: QCoreApplication) -> None:
    """Qt's own buttons and menus (Save, Discard, Copy) in Chinese; English needs no file."""
    global _qt_words
    for translator in _qt_words:
        app.removeTranslator(translator)
    _qt_words = ()
    if language() == "zh":
        from PySide6.QtCore import QLibraryInfo, QTranslator

        translator = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load("qtbase_zh_CN", folder):
            _qt_words = (translator, KeyNames())  # the last one is asked first
            for translator in _qt_words:
                app.installTranslator(translator)

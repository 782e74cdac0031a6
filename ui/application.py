"""Makes and runs the QApplication: fonts, theme, language, direction. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from ui.languages import Language
from ui.placing import place
from ui.theme import apply_theme, palette_of
from ui.tokens import Palette
from ui.typeface import figures_font, load_fonts


class Look(QObject):
    """Theme and language of the running application; changed from its menu."""

    theme_changed = Signal()

    def __init__(self, application: QApplication, *, language: str, theme: str) -> None:
        super().__init__(application)
        self._application = application
        self._language = Language(application)
        self._language.use(language)
        self._palette = apply_theme(application, theme)

    @property
    def palette(self) -> Palette:
        """Tokens of the current theme."""
        return self._palette

    @property
    def language(self) -> str:
        """Code of the current language."""
        return self._language.code

    def use_language(self, code: str) -> None:
        """Speak another language; every widget gets a LanguageChange."""
        self._language.use(code)

    def use_theme(self, name: str) -> None:
        """Show another theme."""
        if palette_of(name) is not self._palette:
            self._palette = apply_theme(self._application, name)
            self.theme_changed.emit()


def create_application(
    argv: Sequence[str], *, language: str, theme: str, data_dir: Path
) -> QApplication:
    """Make the one application object, or dress the one there is; `data_dir` names the shop."""
    existing = QApplication.instance()
    if existing is None:
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
            Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
        )
    application = existing if isinstance(existing, QApplication) else QApplication(list(argv))
    application.setApplicationName("callshop")
    application.setApplicationDisplayName("CallShop")
    application.setDesktopFileName("callshop")
    application.setProperty("data_dir", str(data_dir))
    # One look on every desktop: the platform's own style would mix with the sheet.
    application.setStyle("fusion")
    load_fonts()
    application.setFont(figures_font(14))
    current = look_of(application)
    if current is None:
        Look(application, language=language, theme=theme)
    else:
        current.use_language(language)
        current.use_theme(theme)
    return application


def look_of(application: QApplication) -> Look | None:
    """Return the look of an application that `create_application` made."""
    return application.findChild(Look)


def present(window: QWidget) -> None:
    """Show the window on its screen, and give it the keys also where no window manager does."""
    if isinstance(window, QMainWindow):
        place(window, window.screen().availableGeometry())
    window.show()
    window.activateWindow()


def run(window: QWidget) -> int:
    """Show the window and run until it is closed; return the exit code."""
    present(window)
    return QApplication.exec()

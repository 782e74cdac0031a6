"""Translations: the window's language, changed at run time. GUI thread."""

from __future__ import annotations

from importlib.resources import files

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication


class Language:
    """The translators of one application; Qt sends a LanguageChange to every widget."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._installed: list[QTranslator] = []
        self._content = b""
        self.code = ""

    def use(self, code: str) -> None:
        """Speak a language from now on; a language without translation shows the source texts."""
        if code == self.code:
            return
        self.code = code
        for translator in self._installed:
            QCoreApplication.removeTranslator(translator)
        self._installed = []
        QLocale.setDefault(QLocale(code))
        self._install_qt(code)
        self._install_own(code)
        self._application.setLayoutDirection(QLocale(code).textDirection())

    def _install_own(self, code: str) -> None:
        file = files("resources").joinpath("translations", f"callshop_{code}.qm")
        if not file.is_file():
            return
        translator = QTranslator(self._application)
        # From memory: Qt maps a file it is given by name, and an update that writes into that
        # file would end the program with a bus error. Qt does not copy: the bytes are kept here.
        self._content = file.read_bytes()
        if translator.load(self._content):
            QCoreApplication.installTranslator(translator)
            self._installed.append(translator)

    def _install_qt(self, code: str) -> None:
        translator = QTranslator(self._application)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if code != "en" and translator.load(f"qtbase_{code}", folder):
            QCoreApplication.installTranslator(translator)
            self._installed.append(translator)

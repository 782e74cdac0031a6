"""Why the shop could not be opened: shown instead of the counter. Nothing was changed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.controls import KeyButton, label

_WIDTH = 560


SETTING_REASONS: dict[str, object] = {
    "missing": QT_TRANSLATE_NOOP("StartFailed", "it is missing"),
    "wrong_type": QT_TRANSLATE_NOOP("StartFailed", "it is of another kind than expected ({value})"),
    "unknown_setting": QT_TRANSLATE_NOOP("StartFailed", "there is no such setting"),
    "out_of_range": QT_TRANSLATE_NOOP("StartFailed", "{value} is too small or too large"),
    "unknown_choice": QT_TRANSLATE_NOOP("StartFailed", "{value} cannot be chosen here"),
    "not_toml": QT_TRANSLATE_NOOP("StartFailed", "the file is not written as TOML ({value})"),
    "unreadable": QT_TRANSLATE_NOOP("StartFailed", "the file cannot be read ({value})"),
    "unknown_zone": QT_TRANSLATE_NOOP("StartFailed", "there is no time zone {value}"),
    "bad_currency": QT_TRANSLATE_NOOP(
        "StartFailed", "a currency has three capital letters, not {value}"
    ),
    "bad_amount": QT_TRANSLATE_NOOP("StartFailed", "{value} is no amount"),
    "bad_extension": QT_TRANSLATE_NOOP(
        "StartFailed", "an extension has letters and digits only, not {value}"
    ),
    "twice": QT_TRANSLATE_NOOP("StartFailed", "{value} stands there twice"),
    "unknown_exchange": QT_TRANSLATE_NOOP("StartFailed", "there is no exchange {value}"),
    "unknown_country": QT_TRANSLATE_NOOP("StartFailed", "there is no country {value}"),
    "bad_text": QT_TRANSLATE_NOOP("StartFailed", "the text is too long or has unreadable signs"),
}
"""What can be wrong with a setting; the words follow its place and a colon."""


def setting_reason(code: str, value: str) -> str:
    """Say what is wrong with a setting; a code without words is shown as it is."""
    # The stubs give the marker no type; at run time it returns its text.
    words = QCoreApplication.translate("StartFailed", str(SETTING_REASONS.get(code, code)))
    return words.replace("{value}", value)


def reason(code: str, params: Mapping[str, str]) -> str:
    """Return the sentence of a code; a code without one is shown as it is."""
    if code == "config":
        text = QCoreApplication.translate(
            "StartFailed", "A setting in shop.toml cannot be used. {where}: {why}."
        )
        why = setting_reason(params.get("reason", ""), params.get("value", ""))
        return text.replace("{why}", why).replace("{where}", params.get("where", ""))
    texts = {
        "folder_not_writable": QCoreApplication.translate(
            "StartFailed", "The shop's folder cannot be written to: {folder} ({detail})"
        ),
        "folder_in_use": QCoreApplication.translate(
            "StartFailed",
            "Another counter is open on this shop. Close it first. ({folder})",
        ),
        "database_damaged": QCoreApplication.translate(
            "StartFailed",
            "The database is damaged and was left as it is. Restore the last backup. ({detail})",
        ),
        "database_newer": QCoreApplication.translate(
            "StartFailed",
            "The database was written by a newer release ({revision}). Install that release.",
        ),
    }
    if code not in texts:
        return QCoreApplication.translate(
            "StartFailed", "Something unforeseen happened; the log file tells more. ({code})"
        ).format(code=code)
    return texts[code].format_map({"folder": "", "detail": "", "revision": "", **params})


class StartFailed(QWidget):
    """Title, reason and one button."""

    def __init__(self, code: str, params: Mapping[str, str]) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(_WIDTH)
        self.setWindowTitle("CallShop")
        self.title = label("title")
        self.title.setText(self.tr("The shop could not be opened"))
        self.text = label()
        self.text.setText(reason(code, params))
        self.text.setAccessibleName(self.text.text())
        for widget in (self.title, self.text):
            widget.setWordWrap(True)
        self.leave = KeyButton(is_primary=True)
        self.leave.set_words(self.tr("Quit"), self.tr("Esc"))
        self.leave.clicked.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 26, 28, 24)
        column.setSpacing(14)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addSpacing(8)
        column.addWidget(self.leave)
        self.leave.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)

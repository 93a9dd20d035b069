"""Language, theme and scale. Each choice takes hold at once; the scale with the next start."""

from collections.abc import Sequence
from gettext import NullTranslations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QVBoxLayout, QWidget

from facilitator.errors import Fault
from facilitator.services.home import Home
from ui.desktop.tasks import Worker
from ui.desktop.theme.tokens import XL, XXL, L
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.scrolled import scrolled
from ui.desktop.widgets.writing_fields import AbbreviationsField, WritingSwitches
from ui.desktop.writing_aids import WritingAids

SCALES = ("100", "125", "150", "200")
WIDEST_FORM = 580


class SettingsPage(QWidget):
    """What a person may want otherwise."""

    left = Signal()
    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    refused = Signal(Fault)

    def __init__(self, home: Home, aids: WritingAids, texts: NullTranslations, language: str) -> None:
        super().__init__()
        self.setProperty("help", "settings")
        self._home = home
        self._texts = texts
        self._worker: Worker | None = None
        _ = texts.gettext
        kept = home.settings()
        self.language = self._choice(_("Language"), (("ru", "Русский"), ("en", "English")), language)
        themes = (("light", _("Light")), ("dark", _("Dark")), ("system", _("As the computer")))
        self.theme = self._choice(_("Theme"), themes, kept["theme"])
        scales = tuple((scale, f"{scale} %") for scale in SCALES)
        self.scale = self._choice(_("Size of everything"), scales, kept["scale"])
        self._scale_note = label(_("The size changes when the program is started again."), "note")
        form = QFormLayout()
        form.setVerticalSpacing(L)
        form.setHorizontalSpacing(XL)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.addRow(label(_("Language"), "field", wrap=False), self.language)
        form.addRow(label(_("Theme"), "field", wrap=False), self.theme)
        form.addRow(label(_("Size of everything"), "field", wrap=False), self.scale)
        form.addRow("", self._scale_note)
        self.switches = WritingSwitches(aids, texts)
        self.abbreviations = AbbreviationsField(aids, texts)
        form.addRow(label(_("Writing"), "field", wrap=False), self.switches)
        form.addRow(label(_("Abbreviations"), "field", wrap=False), self.abbreviations)
        self.associate_button = button(_("Open groups and packages by a double click"), self._associate)
        form.addRow(label(_("Files"), "field", wrap=False), self.associate_button)
        self.associated = label("", "good")
        form.addRow("", self.associated)
        column = QVBoxLayout()
        column.setContentsMargins(XL, XXL, XL, XL)
        column.setSpacing(XL)
        column.addWidget(label(_("Settings"), "title"))
        fields = QWidget()
        fields.setMaximumWidth(WIDEST_FORM)
        fields.setLayout(form)
        form.setContentsMargins(0, 0, 0, 0)
        column.addWidget(fields)
        column.addWidget(button(_("Go back"), self.left.emit), 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(column, centred=True))
        self.language.currentIndexChanged.connect(lambda: self._keep(language=self.language.currentData()))
        self.theme.currentIndexChanged.connect(lambda: self._keep(theme=self.theme.currentData()))
        self.scale.currentIndexChanged.connect(lambda: self._keep(scale=self.scale.currentData()))

    def _choice(self, name: str, options: Sequence[tuple[str, str]], chosen: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setMinimumWidth(220)
        for value, title in options:
            box.addItem(title, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        return box

    def _keep(self, **values: str) -> None:
        try:
            self._home.save_settings(**values)
        except Fault as fault:
            self.refused.emit(fault)
        if "language" in values:
            self.language_chosen.emit(values["language"])
        elif "theme" in values:
            self.theme_chosen.emit(values["theme"])

    def _associate(self) -> None:
        """Register the program for its files; the system's own tools take their time."""
        if self._worker is None:
            self._worker = Worker(self)
            self._worker.fault.connect(lambda fault, _request: self._settle(fault))
        self.associate_button.setEnabled(False)
        self._worker.submit(_associate, lambda _done: self._settle(None))

    def _settle(self, fault: Fault | None) -> None:
        self.associate_button.setEnabled(True)
        if fault is not None:
            self.refused.emit(fault)
            return
        self.associated.setText(self._texts.gettext("✓ A double click opens them in this program now."))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for nobody."""
        if self._worker is not None:
            self._worker.retire()
        super().closeEvent(event)


def _associate() -> None:
    from facilitator.services.associations import associate, program_command  # noqa: PLC0415

    associate(program_command())

"""Qt's own words, in file dialogs and the menus of fields, in the window's language."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator


class QtTexts(QTranslator):
    """The catalogue that comes with Qt; its English needs none."""

    def use(self, language: str) -> None:
        """Let Qt speak ``language`` (``ru`` or ``en``) from now on."""
        QCoreApplication.removeTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if language != "en" and self.load(f"qtbase_{language}", folder):
            QCoreApplication.installTranslator(self)

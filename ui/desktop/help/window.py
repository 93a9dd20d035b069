"""The window of Help: contents on the left, the topic on the right. It stays open beside the work."""

from gettext import NullTranslations

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from ui.desktop.help.history import History, Stop
from ui.desktop.help.look import dress
from ui.desktop.help.topics import FIRST, find, load_topics, marks, topic_of_link
from ui.desktop.theme.tokens import XS, M, S, tokens_of
from ui.desktop.widgets.build import button, label

ACT = "do:"
"""How a link begins that does something instead of leading to a topic."""
SIZE = (780, 640)
CONTENTS = 264
ROLE = Qt.ItemDataRole.UserRole


class HelpWindow(QWidget):
    """Shows one topic. It lies over its parent window and leaves the keyboard to it when one clicks there."""

    act_asked = Signal(str)
    """A link asks for an act, such as ``practice``."""

    def __init__(self, texts: NullTranslations, language: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        _ = texts.gettext
        self._topics = load_topics(language)
        self._history = History(Stop(FIRST))
        self._nothing = _("Nothing is said about that. Try a shorter word.")
        self.setWindowTitle(_("Help"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search in Help"))
        self.search.setAccessibleName(_("Search in Help"))
        self.search.setClearButtonEnabled(True)
        self.contents = QListWidget()
        self.contents.setAccessibleName(_("Contents of Help"))
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.setWordWrap(True)
        self.contents.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.contents.setStyleSheet(f"QListWidget::item {{ padding: {XS}px {S}px; }}")
        self.page = QTextBrowser()
        self.page.setAccessibleName(_("Topic of Help"))
        self.page.setOpenLinks(False)
        self.back_button = button("←", self.go_back, "quiet", "Alt+←")
        self.back_button.setAccessibleName(_("Go back"))
        self.forth_button = button("→", self.go_forth, "quiet", "Alt+→")
        self.forth_button.setAccessibleName(_("Go forward"))
        self._close = button(_("Close Help"), self.close, "quiet", "Esc")
        self._note = label("", "small")
        self._lay_out()
        self._connect()
        self._fill(list(self._topics))
        self._show_here()

    def _lay_out(self) -> None:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addWidget(self.search)
        column.addWidget(self._note)
        column.addWidget(self.contents, 1)
        reading = QWidget()
        beside = QVBoxLayout(reading)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(S)
        row = QHBoxLayout()
        row.addWidget(self.back_button)
        row.addWidget(self.forth_button)
        row.addStretch(1)
        row.addWidget(self._close)
        beside.addLayout(row)
        beside.addWidget(self.page, 1)
        split = QSplitter()
        split.addWidget(side)
        split.addWidget(reading)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        split.setSizes([CONTENTS, SIZE[0] - CONTENTS])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(M, M, M, M)
        whole.addWidget(split)
        self._note.hide()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._read_found)
        self.contents.currentItemChanged.connect(self._choose)
        self.contents.itemActivated.connect(lambda _item: self.page.setFocus())
        self.page.anchorClicked.connect(self.follow)
        for keys, act in (
            (QKeySequence("Alt+Left"), self.go_back),
            (QKeySequence("Alt+Right"), self.go_forth),
            (QKeySequence(QKeySequence.StandardKey.Find), self.search.setFocus),
        ):
            QShortcut(keys, self).activated.connect(act)

    @property
    def topic(self) -> str:
        """The topic that is shown."""
        return self._history.here.topic

    def show_topic(self, topic: str) -> None:
        """Show a topic; the one that is shown already stays at the line one has come to."""
        if topic != self.topic:
            self._history.visit(topic, self._scrolled())
            self._show_here()

    def go_back(self) -> None:
        """Go back to the topic read before."""
        if self._history.back(self._scrolled()):
            self._show_here()

    def go_forth(self) -> None:
        """Go forward to the topic one came back from."""
        if self._history.forth(self._scrolled()):
            self._show_here()

    def follow(self, link: QUrl) -> None:
        """Go where a link leads: a topic, or an act. Nothing else is followed; the network least of all."""
        where = link.toString()
        topic = topic_of_link(where)
        if topic is not None:
            self.show_topic(topic)
        elif where.startswith(ACT):
            self.act_asked.emit(where.removeprefix(ACT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the search, then closes; ↓ goes from the search to what it has found."""
        if event.key() == Qt.Key.Key_Escape:
            if self.search.text():
                self.search.clear()
            else:
                self.close()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.contents.setFocus()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Take on the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._history.here.scrolled = self._scrolled()
            self._show_here()

    def _scrolled(self) -> int:
        return self.page.verticalScrollBar().value()

    def _show_here(self) -> None:
        here = self._history.here
        self.page.document().setMarkdown(self._topics[here.topic].text)
        dress(self.page.document(), self.palette())
        self.page.moveCursor(QTextCursor.MoveOperation.Start)
        self.page.verticalScrollBar().setValue(here.scrolled)
        self.back_button.setEnabled(bool(self._history.before))
        self.forth_button.setEnabled(bool(self._history.after))
        self._mark_words()
        self._select()

    def _select(self) -> None:
        self.contents.blockSignals(True)
        rows = range(self.contents.count())
        shown = [row for row in rows if self.contents.item(row).data(ROLE) == self.topic]
        self.contents.setCurrentRow(shown[0] if shown else -1)
        self.contents.blockSignals(False)

    def _fill(self, topics: list[str]) -> None:
        self.contents.blockSignals(True)
        self.contents.clear()
        for name in topics:
            item = QListWidgetItem(self._topics[name].title)
            item.setData(ROLE, name)
            self.contents.addItem(item)
        self.contents.blockSignals(False)
        self._select()

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.show_topic(item.data(ROLE))

    def _search(self, words: str) -> None:
        found = [topic.id for topic in find(self._topics.values(), words)]
        self._note.setText("" if found else self._nothing)
        self._note.setVisible(not found)
        self._fill(found)
        if words.strip() and found and self.topic not in found:
            self.show_topic(found[0])
        self._mark_words()

    def _read_found(self) -> None:
        if self.contents.count():
            self.show_topic(self.contents.item(0).data(ROLE))
            self.page.setFocus()

    def _mark_words(self) -> None:
        """Show where the words that are searched for stand in the topic."""
        tokens = tokens_of(self.palette())
        look = QTextCharFormat()
        look.setBackground(QColor(tokens.warn_soft))
        found = []
        for place, length in marks(self.page.document().toRawText(), self.search.text()):
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.page.document())
            cursor.setPosition(place)
            cursor.setPosition(place + length, QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = cursor
            mark.format = look
            found.append(mark)
        self.page.setExtraSelections(found)

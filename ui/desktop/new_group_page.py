"""The form for a new group: everything but the moderator's name has a sensible default."""

from datetime import date
from gettext import NullTranslations
from itertools import islice

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from facilitator.domain.ids import new_id
from facilitator.domain.records import Event, Group
from facilitator.script.catalogues import load_catalogues
from facilitator.script.loader import bundled_script_ids
from facilitator.services.home import Home
from ui.desktop.dates import days
from ui.desktop.people_lines import PeopleLines, problem_words, read_people
from ui.desktop.theme.tokens import XL, L, M, S
from ui.desktop.widgets.build import button, label, set_look, set_wrong
from ui.desktop.widgets.scrolled import scrolled

NUMBER_LIMIT = 99
NAME_LIMIT = 500
FIELD_HEIGHT = 34
MOST_PROBLEMS = 4


class NewGroupPage(QWidget):
    """Asks for the event, the group and its people; ``asked`` carries path, event, group and people."""

    left = Signal()
    asked = Signal(object, object, object, object)

    def __init__(self, home: Home, texts: NullTranslations, language: str) -> None:
        super().__init__()
        self.setProperty("help", "first-minutes")
        self._home = home
        self._texts = texts
        self._language = language
        self._catalogues = load_catalogues()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(XL)
        self._grid.setVerticalSpacing(S)
        self._grid.setColumnStretch(1, 1)
        self._make_fields()
        self._lay_out()

    def _make_fields(self) -> None:
        _ = self._texts.gettext
        self.session = QComboBox()
        for session in self._catalogues.sessions.values():
            title = session.title.in_language(self._language)
            when = days(session.starts, session.ends, self._language)
            self.session.addItem(f"{title} · {session.city}, {when}", session.id)
        self.session.setCurrentIndex(self._coming_session())
        self.theme = QComboBox()
        for theme in self._catalogues.themes.values():
            self.theme.addItem(f"{theme.number}. {theme.title.in_language(self._language)}", theme.id)
        self.number = QSpinBox()
        self.number.setRange(1, NUMBER_LIMIT)
        self.number.setMaximumWidth(96)
        self.number.lineEdit().setTextMargins(S, 0, 0, 0)
        self.moderator = QLineEdit()
        self.moderator.setMaxLength(NAME_LIMIT)
        self.room = QLineEdit()
        self.room.setMaxLength(NAME_LIMIT)
        self.people = QPlainTextEdit()
        self.people.setTabChangesFocus(True)
        self.people.setMinimumHeight(140)
        self.people.setPlaceholderText(_("Anna Petrova; Dagestan; Business"))
        for box in (self.session, self.theme):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(20)
        self.moderator_error = self._error()
        self.people_note = label("", "note")
        self.moderator.textChanged.connect(lambda: self._show_wrong_moderator(False))
        self.people.textChanged.connect(self._show_people)

    def _error(self) -> QLabel:
        made = label("", "error")
        made.hide()
        return made

    def _lay_out(self) -> None:
        _ = self._texts.gettext
        self._add_row(_("Session"), self.session)
        self._add_row(_("Theme"), self.theme)
        self._add_row(_("Group number"), self.number)
        self._add_row(_("Moderator"), self.moderator, self.moderator_error)
        self._add_row(_("Room"), self.room)
        self._add_row(_("Participants"), self.people, self.people_note)
        self._show_people()
        self.create_button = button(_("Start the group"), self._create, "primary")
        buttons = QHBoxLayout()
        buttons.setSpacing(M)
        buttons.addWidget(self.create_button)
        buttons.addWidget(button(_("Go back"), self.left.emit, "quiet"))
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setContentsMargins(XL, XL, XL, XL)
        column.setSpacing(L)
        column.addWidget(label(_("New group"), "title"))
        note = _("Participants can be added later too. Their names never leave this computer unencrypted.")
        column.addWidget(label(note, "note"))
        column.addLayout(self._grid)
        column.addLayout(buttons)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(column, centred=True))

    def _add_row(self, name: str, field: QWidget, below: QLabel | None = None) -> None:
        row = self._grid.rowCount()
        title = label(name, "field", wrap=False)
        title.setBuddy(field)
        title.setMinimumHeight(FIELD_HEIGHT)
        field.setAccessibleName(name)
        self._grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(field, row, 1)
        if below is not None:
            self._grid.addWidget(below, row + 1, 1)

    def _coming_session(self) -> int:
        """The session that is on or comes next; of those past, the last."""
        today = date.today().isoformat()
        ends = [session.ends for session in self._catalogues.sessions.values()]
        coming = (index for index, end in enumerate(ends) if end >= today)
        return next(coming, max(range(len(ends)), key=lambda index: ends[index]))

    def focus_entry(self) -> None:
        """Put the keyboard where the first thing has to be typed."""
        self.moderator.setFocus()

    def _read_people(self) -> PeopleLines:
        return read_people(self.people.toPlainText(), self._catalogues)

    def _show_people(self) -> None:
        """Say below the list how many there are, or which words were not understood."""
        people, problems = self._read_people()
        set_look(self.people_note, "role", "warn" if problems else "note")
        if problems:
            words = (problem_words(each, self._catalogues, self._texts, self._language) for each in problems)
            self.people_note.setText("\n".join(islice(words, MOST_PROBLEMS)))
        else:
            ngettext = self._texts.ngettext
            counted = ngettext("{n} participant", "{n} participants", len(people)).format(n=len(people))
            form = self._texts.gettext("a line each: name; region; category; organization; contact")
            self.people_note.setText(f"{counted} · {form}")

    def _show_wrong_moderator(self, wrong: bool) -> None:
        set_wrong(self.moderator, wrong)
        self.moderator_error.setText(
            self._texts.gettext("Type the moderator’s name: it stands in the report.")
        )
        self.moderator_error.setVisible(wrong)

    def _create(self) -> None:
        moderator = self.moderator.text().strip()
        self._show_wrong_moderator(not moderator)
        if not moderator:
            self.moderator.setFocus()
        else:
            event = self._event()
            group = Group(
                id=new_id(),
                event=event.id,
                number=self.number.value(),
                theme=self.theme.currentData(),
                moderator=moderator,
                room=self.room.text().strip() or None,
            )
            path = self._home.new_group_path(event.code, group.number)
            self.asked.emit(path, event, group, self._read_people().people)

    def _event(self) -> Event:
        session = self._catalogues.sessions[self.session.currentData()]
        return Event(
            id=new_id(),
            code=f"{session.id}-{session.starts[:4]}",
            script=bundled_script_ids()[0],
            district=session.id,
            city=session.city,
            starts=session.starts,
            ends=session.ends,
        )

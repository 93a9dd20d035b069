"""A moderator who never stops: ``python -m tests.helpers.window_recorder GROUP WHAT`` works until killed.

``WHAT`` is the kind of act: ``record``, ``drag``, ``vote`` or ``type``. Each line printed is something that
the window has shown as saved: a card and what is true of it now, or how much was typed a second ago.
"""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from facilitator.services.commands import AddCluster, CastDots, OpenRound
from facilitator.services.home import Home
from ui.desktop.main_window import MainWindow
from ui.desktop.steps.collect import CollectPage
from ui.desktop.steps.compose import ComposePage
from ui.desktop.workspace import Workspace

PLAIN = Qt.KeyboardModifier.NoModifier
ENDURED = 1.0
"""How much of an unfinished text may be lost, in seconds."""


def say(*words: str) -> None:
    print(*words, flush=True)


def wait(workspace: Workspace) -> None:
    """Let the window work until what was done is shown as saved."""
    while not workspace.session.idle:
        QApplication.processEvents()
    QApplication.processEvents()


def press(key: Qt.Key, text: str = "") -> None:
    field = QApplication.focusWidget()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(field, QKeyEvent(kind, key, PLAIN, text))


def type_words(words: str) -> None:
    for letter in words:
        press(Qt.Key.Key_unknown, letter)


def record(workspace: Workspace) -> Iterator[None]:
    """Type statements with Enter."""
    workspace.go_to("step:rules")
    page = workspace.step_pages["rules"]
    assert isinstance(page, CollectPage)
    for number in range(10_000):
        page.entry.line.setFocus()
        type_words(f"Правило {number}")
        press(Qt.Key.Key_Return)
        wait(workspace)
        say(workspace.session.snapshot.cards_of("rule")[-1].id)
        yield


def drag(workspace: Workspace) -> Iterator[None]:
    """Drag one card from a cluster into the other and back."""
    workspace.go_to("step:rules")
    page = workspace.step_pages["rules"]
    assert isinstance(page, CollectPage)
    page.tabs.setCurrentIndex(1)
    (card,) = (card.id for card in workspace.session.snapshot.cards_of("rule"))
    for title in ("Первый", "Второй"):
        workspace.session.perform(AddCluster("rules", title))
    wait(workspace)
    for number in range(10_000):
        column = page.clusters.columns[1 + number % 2]
        source = next(each for each in page.clusters.columns if each.list.cards.cards)
        data = source.list.cards.mimeData([source.list.cards.index(0)])
        action, buttons = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
        drop = QDropEvent(QPointF(QPoint(20, 20)), action, data, buttons, PLAIN)
        column.dropEvent(drop)
        wait(workspace)
        assert workspace.session.snapshot.cards[card].cluster == column.cluster
        say(card, str(column.cluster))
        yield


def vote(workspace: Workspace) -> Iterator[None]:
    """Enter the dots of one person after another."""
    session = workspace.session
    (card,) = (card.id for card in session.snapshot.cards_of("rule"))
    session.perform(OpenRound("rules", "dots", 5))
    wait(workspace)
    (round_,) = session.snapshot.rounds
    for number in range(10_000):
        person = sorted(session.snapshot.participants)[number % len(session.snapshot.participants)]
        dots = 1 + number // len(session.snapshot.participants) % 5
        session.perform(CastDots(round_, card, person, dots))
        wait(workspace)
        say(person, str(dots))
        yield


def type_text(workspace: Workspace) -> Iterator[None]:
    """Type the image of the future without a pause; say what has stood there for a second."""
    workspace.go_to("step:image")
    page = workspace.step_pages["image"]
    assert isinstance(page, ComposePage)
    page.focus_entry()
    typed: list[tuple[float, int]] = []
    for number in range(4_000):
        type_words("слово " if number % 12 else "конец. ")
        typed.append((time.monotonic(), len(page.text.toPlainText())))
        old = [length for moment, length in typed if time.monotonic() - moment > ENDURED]
        if old:
            say(str(old[-1]))
        yield


ACTS = {"record": record, "drag": drag, "vote": vote, "type": type_text}


def main(group: str, what: str) -> None:
    app = QApplication([])
    path = Path(group)
    window = MainWindow(Home(path.parent / f"{path.stem}-home"), "ru")
    window.show()
    window.open_group(path)
    pause = 15 if what == "type" else 0
    acts: list[Iterator[None]] = []

    def work() -> None:
        if window.workspace is not None and window.workspace.session.idle:
            if not acts:
                acts.append(ACTS[what](window.workspace))
            next(acts[0])
        QTimer.singleShot(pause, work)

    QTimer.singleShot(0, work)
    app.exec()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

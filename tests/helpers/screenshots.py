"""Pictures of every screen: ``python -m tests.helpers.screenshots OUT [WORD]``.

Each screen in Russian and English, light and dark, at 1366×768, and at 200 % on the same screen. ``WORD``
limits them to names that contain it, such as ``ru-light-100``. ``docs/screenshot.png`` is
``ru-light-100-step-2-future.png``.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from facilitator.room.presence import by_number
from facilitator.room.timer import Timer
from facilitator.room.turns import begin_turns
from facilitator.services.commands import OpenRound
from facilitator.services.home import Home
from facilitator.services.identity import unlock
from facilitator.services.trust import TrustStore
from tests.desktop.lead_table import Session
from tests.helpers.handing_out import MODERATOR, PEOPLE, enrol, hand_out, open_office
from ui.desktop.assignment_page import AssignmentPage
from ui.desktop.identity_page import IdentityPage
from ui.desktop.lead.page import LeadPage
from ui.desktop.main_window import MainWindow
from ui.desktop.theme.apply import apply_theme
from ui.desktop.workspace import Workspace

WIDTH, HEIGHT = 1366, 768
SCALES = (100, 200)
SECRET = "слово за слово"


def wait(condition: Callable[[], object]) -> None:
    """Let the window work until ``condition`` holds."""
    loop = QEventLoop()
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if condition() else None)
    timer.start(10)
    loop.exec()


def settle() -> None:
    """Let layouts and repaints come to rest."""
    for _ in range(4):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def screens(window: MainWindow, home: Home) -> Iterator[tuple[str, QWidget]]:
    """Go through the program as a person would, and stop at each screen."""
    yield "start-first-time", window
    yield from key_screens(window, home)
    yield from assignment_screens(window, home)
    window.show_new_group()
    yield "new-group", window
    window.open_practice()
    wait(lambda: window.workspace is not None)
    workspace = window.workspace
    assert workspace is not None
    session = workspace.session
    yield from hint_screens(window)
    for number, step in enumerate(session.script.steps, 1):
        workspace.go_to(f"step:{step.id}")
        workspace.focus_entry()
        yield f"step-{number}-{step.id}", window
    for place in ("people", "agenda", "day", "handover", "copies", "log"):
        workspace.enter_place(place)
        wait(lambda: session.idle)
        yield place, window
    workspace.enter_place("chain")
    yield "chain-page", window
    yield from method_screens(workspace, window)
    workspace.go_to("step:future")
    workspace.header.chain_asked.emit()
    yield "chain", window
    workspace.header.chain_asked.emit()
    yield from projector_screens(workspace, window)
    window.show_settings()
    yield "settings", window
    home.remember(home.folder / "gone.fgroup", "Группа 4. Долгосрочный уход")
    window.show_home()
    workspace.start_asked.emit()
    wait(lambda: window.workspace is None and window.start_page.isVisible())
    yield "start", window
    yield from lead_screens(window, home)


def method_screens(workspace: Workspace, window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Look at the method cards, choose others, set the timer, let it run over, record a late statement."""
    workspace.go_to("step:present")
    workspace.toggle_methods()
    cards = workspace.headings["present"].methods
    yield "methods", window
    cards.choose_button.click()
    yield "methods-choosing", window
    cards.choose_button.click()
    workspace.toggle_methods()
    workspace.header.timer_line.open()
    yield "timer-line", window
    workspace.header.timer_line.closed.emit()
    workspace.session.keep(Timer(step="present", seconds=300, spent=335))
    yield "timer-over", window
    workspace.late_card.open()
    yield "late-card", window
    workspace.late_card.hide()


def projector_screens(workspace: Workspace, window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Show two steps to the room, then each thing that stands before it for a while."""
    session = workspace.session
    workspace.toggle_projector()
    projector = workspace.projector
    assert projector is not None
    settle()  # what the full screen asks for comes before the size of the picture
    for step in ("future", "image"):
        workspace.go_to(f"step:{step}")
        projector.resize(window.size())
        yield f"projector-{step}", projector
    workspace.show_for_room.read_aloud(session.snapshot.cards_of("image")[0].id, workspace.step)
    yield "projector-reading", projector
    workspace.go_to("step:present")
    people = sorted(session.snapshot.participants.values(), key=by_number)
    session.keep(begin_turns("present", [each.id for each in people], (), workspace.clock.now()))
    yield "projector-turns", projector
    yield "workspace-while-showing", window
    turns = session.room.turns("present")
    assert turns is not None
    session.keep(turns.end())
    session.perform(OpenRound("present", "dots", 3))
    wait(lambda: session.idle)
    yield "projector-vote", projector
    session.undo()
    wait(lambda: session.idle)
    workspace.show_for_room.spotlight(session.snapshot.cards_of("present-norm")[0].id, workspace.step)
    yield "projector-spotlight", projector
    workspace.close_projector()


def hint_screens(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Look at the hints of the practice session, first and last, at Help beside it, and put both away."""
    strip = window.practice.strip
    assert strip is not None
    yield "hints-first", window
    while strip.skip_button.isVisibleTo(strip):
        strip.skip_button.click()
    yield "hints-over", window
    strip.close_button.click()
    for topic in ("first-minutes", "keys"):
        window.help.show_topic(topic)
        assert window.help.shown is not None
        window.help.shown.resize(min(780, window.width()), min(640, window.height()))
        yield f"help-{topic}", window.help.shown
    assert window.help.shown is not None
    window.help.shown.search.setText("таймер" if window.help.shown.windowTitle() == "Справка" else "timer")
    yield "help-search", window.help.shown
    window.help.shown.close()


def key_screens(window: MainWindow, home: Home) -> Iterator[tuple[str, QWidget]]:
    """Make a key as a moderator would, who has none yet."""
    window.desks.show_identity()
    page = window.desks.page
    assert isinstance(page, IdentityPage)
    yield "key-none", window
    page.name.line.setText(MODERATOR)
    page.new_key.passphrase.line.setText(SECRET)
    page.new_key.again.line.setText(SECRET)
    page.new_key.make_button.click()
    wait(page.request.code.isVisible)
    yield "key-signed", window
    window.desks.show_identity()
    page = window.desks.page
    assert isinstance(page, IdentityPage)
    wait(page.request.isVisible)
    yield "key-locked", window
    page.lost.question.click()
    yield "key-lost", window
    window.show_home()


def assignment_screens(window: MainWindow, home: Home) -> Iterator[tuple[str, QWidget]]:
    """Open an assignment of an organizer met for the first time, and again once the digits were compared."""
    office = open_office(home.folder / "office")
    enrol(office, unlock(home, SECRET))
    path = hand_out(office, home.folder / "Группа 3.fpkg", *PEOPLE)
    for screen in ("assignment-first-use", "assignment-known"):
        window.desks.open_file(path)
        wait(lambda: isinstance(window.desks.page, AssignmentPage))
        yield screen, window
        TrustStore(home).admit(office.roster.read_bytes(), digits=office.organizer.key.public.digits)
        window.show_home()
    window.desks.open_file(office.roster)
    wait(window.error_bar.isVisible)
    yield "assignment-another-kind", window
    window.error_bar.hide()


def lead_screens(window: MainWindow, home: Home) -> Iterator[tuple[str, QWidget]]:
    """Take packages in on a computer that trusts nobody yet, and settle a conflict."""
    shutil.rmtree(home.rosters_folder)
    session = Session(home.folder / "lead", 1, 2, 3)
    session.enrol(1, 3)
    clone = session.laptop(3, "Школа приёмных родителей").export()
    session.save(clone.write("Бабушки читают детям").export(), "g3-a.fpkg")
    session.save(clone.write("Мобильная бригада в каждом районе").export(), "g3-b.fpkg")
    session.send(1).with_name("битый.fpkg").write_bytes(b"PK")
    window.desks.show_lead()
    page = window.desks.page
    assert isinstance(page, LeadPage)
    wait(lambda: page.idle)
    yield "lead-empty", window
    page.open_centre(home.folder / "centre.fcentre", True)
    page.open_roster(session.roster)
    wait(page.stranger.isVisible)
    yield "lead-digits", window
    page.stranger.same_button.click()
    wait(lambda: page.idle)
    page.take_in([session.stick])
    wait(lambda: page.idle)
    yield "lead-merged", window
    page.go_to_next()
    yield "lead-conflict", window
    page.contest_cards[0].take_buttons[0].click()
    wait(lambda: page.idle)
    signing = page.contest_cards[0].signing
    yield "lead-passphrase", window
    signing.passphrase.line.setText(SECRET)
    signing.sign_button.click()
    wait(lambda: page.idle)
    yield "lead-settled", window
    window.show_home()


def take(out: Path, scale: int, word: str) -> None:
    """Take every picture at one scale."""
    app = QApplication([])
    for language in ("ru", "en"):
        for theme in ("light", "dark"):
            name = f"{language}-{theme}-{scale}"
            if word and word not in name and not word.startswith(name):
                continue
            with tempfile.TemporaryDirectory() as folder:
                home = Home(Path(folder))
                home.save_settings(theme=theme)
                apply_theme(app, theme)
                window = MainWindow(home, language)
                window.resize(WIDTH * 100 // scale, HEIGHT * 100 // scale)
                window.show()
                for screen, widget in screens(window, home):
                    settle()
                    if word in f"{name}-{screen}":
                        widget.grab().save(str(out / f"{name}-{screen}.png"))
                window.close()
                wait(lambda window=window: not window.isVisible())
                window.deleteLater()
                settle()


def main(arguments: list[str]) -> None:
    """Take all pictures, a process for each scale, since Qt reads the scale once."""
    out = Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    word = arguments[1] if len(arguments) > 1 else ""
    for scale in SCALES:
        environment = os.environ | {
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": f"{scale / 100:g}",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        }
        program = "import sys; from pathlib import Path; from tests.helpers.screenshots import take;"
        program += f"take(Path(sys.argv[1]), {scale}, sys.argv[2])"
        subprocess.run([sys.executable, "-c", program, str(out), word], env=environment, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])

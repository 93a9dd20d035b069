"""«Your key»: made, shown, asked to be enrolled, lost and made anew."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from facilitator.packages.requests import read_request
from facilitator.services.identity import create_identity, own_key, unlock
from tests.desktop.window import Desk
from tests.helpers.keyrings import Drawer, put_in
from ui.desktop.identity_page import IdentityPage
from ui.desktop.widgets.qr_code import MODULE, QUIET

SECRET = "слово за слово"
NAME = "Алёна «Первая»"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    yield desk
    desk.leave()


def visit(desk: Desk) -> IdentityPage:
    """Go to the page and wait until it shows a key or asks for one."""
    desk.window.desks.show_identity()
    page = desk.window.desks.page
    assert isinstance(page, IdentityPage)
    desk.wait(lambda: page.new_key.isVisible() or page.key.isVisible())
    return page


def make_key(desk: Desk, name: str = NAME, *, remember: bool = False) -> IdentityPage:
    page = visit(desk)
    page.name.line.setText(name)
    page.new_key.remember.setChecked(remember)
    page.new_key.passphrase.line.setText(SECRET)
    page.new_key.again.line.setText(SECRET)
    page.new_key.make_button.click()
    desk.wait(page.key.isVisible)
    return page


def come_back(desk: Desk) -> IdentityPage:
    desk.window.show_home()
    return visit(desk)


def choose(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> None:
    for dialog in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, dialog, lambda *_: (str(path), ""))


def test_the_first_start_invites_to_make_a_key_and_forces_nothing(desk: Desk) -> None:
    start = desk.window.start_page
    assert start.key_invitation.isVisible()
    start.key_button.click()
    page = desk.window.desks.page
    assert isinstance(page, IdentityPage)
    assert page.name.line.hasFocus()
    page.left.emit()
    assert desk.window.desks.page is start
    assert not desk.home.key_path.exists()


def test_a_key_is_made_with_the_keyboard_alone(desk: Desk) -> None:
    page = visit(desk)
    desk.type(NAME)
    desk.press(Qt.Key.Key_Return)
    desk.type(SECRET)
    desk.press(Qt.Key.Key_Tab)
    desk.type(SECRET)
    desk.press(Qt.Key.Key_Return)
    desk.wait(page.key.isVisible)
    assert page.notice.text() == "✓ Ключ готов."
    assert page.key.digits.digits == own_key(desk.home).digits
    assert own_key(desk.home).fingerprint in page.key.fingerprint.text()
    assert desk.home.settings()["name"] == NAME
    assert unlock(desk.home, SECRET).fingerprint == own_key(desk.home).fingerprint
    opened = subprocess.run(
        ["ssh-keygen", "-y", "-P", "", "-f", desk.home.key_path], capture_output=True, check=False
    )
    assert opened.returncode != 0
    desk.window.show_home()
    assert not desk.window.start_page.key_invitation.isVisible()


def test_passphrases_that_are_missing_or_differ_are_said_under_the_field(desk: Desk) -> None:
    form = visit(desk).new_key
    form.make_button.click()
    assert form.passphrase.problem.text() == "Придумайте пароль для нового ключа."
    assert form.passphrase.line.hasFocus()
    form.passphrase.line.setText(SECRET)
    assert not form.passphrase.problem.isVisible()
    form.again.line.setText("другое")
    form.make_button.click()
    assert form.again.problem.text() == "Пароли не совпадают. Введите их ещё раз."
    assert not desk.home.key_path.exists()


def test_what_is_typed_can_be_shown(desk: Desk) -> None:
    form = visit(desk).new_key
    form.passphrase.line.setText(SECRET)
    assert SECRET not in form.passphrase.line.displayText()
    form.shown.setChecked(True)
    assert form.passphrase.line.displayText() == SECRET


def test_the_code_is_the_request_dark_on_light(desk: Desk) -> None:
    import segno

    page = make_key(desk)
    page.request.copy_button.click()
    text = QGuiApplication.clipboard().text()
    request = read_request(text.encode())
    assert (request.name, request.key) == (NAME, own_key(desk.home))
    matrix = segno.make(text.encode(), error="l", boost_error=False).matrix
    picture = page.request.code.grab().toImage()
    scale = picture.devicePixelRatio()

    def is_dark(row: int, column: int) -> bool:
        middle = [int((place + QUIET + 0.5) * MODULE * scale) for place in (column, row)]
        return picture.pixelColor(*middle) == QColor(Qt.GlobalColor.black)

    size = range(len(matrix))
    assert [[is_dark(row, column) for column in size] for row in size] == [
        list(map(bool, row)) for row in matrix
    ]
    assert picture.pixelColor(0, 0) == QColor(Qt.GlobalColor.white)
    assert page.request.code.accessibleName() == "QR-код запроса на включение"


def test_a_key_that_is_locked_asks_for_its_passphrase_until_it_fits(desk: Desk) -> None:
    make_key(desk)
    page = come_back(desk)
    assert not page.request.code.isVisible()
    page.request.show_button.click()
    desk.wait(page.request.passphrase.problem.isVisible)
    assert "Введите пароль" in page.request.passphrase.problem.text()
    desk.type("не то")
    desk.press(Qt.Key.Key_Return)
    desk.wait(page.request.passphrase.problem.isVisible)
    assert page.request.passphrase.problem.text() == "Пароль не подходит к ключу. Введите его ещё раз."
    assert page.request.passphrase.line.hasFocus()
    desk.type(SECRET)
    desk.press(Qt.Key.Key_Return)
    desk.wait(page.request.code.isVisible)
    assert page.request.passphrase.text == ""
    assert not page.request.passphrase.isVisible()


def test_a_request_without_a_name_is_not_signed(desk: Desk) -> None:
    page = make_key(desk, name=" ")
    assert not page.request.code.isVisible()
    page.request.passphrase.line.setText(SECRET)
    page.request.name.line.clear()
    page.request.save_button.click()
    assert page.request.name.problem.text() == "Назовите себя, чтобы организатор знал, чей это ключ."
    assert page.request.name.line.hasFocus()


def test_another_name_needs_another_request(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_key(desk)
    page.request.name.line.setFocus()
    desk.type("!")
    assert not page.request.code.isVisible()
    assert page.request.passphrase.isVisible()
    page.request.passphrase.line.setText(SECRET)
    choose(monkeypatch, tmp_path / "request.json")
    page.request.save_button.click()
    desk.wait(page.request.result.isVisible)
    assert read_request((tmp_path / "request.json").read_bytes()).name == f"{NAME}!"
    assert desk.home.settings()["name"] == f"{NAME}!"


def test_the_request_is_written_where_one_says(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_key(desk)
    choose(monkeypatch, tmp_path / "Запрос А. Б")
    page.request.save_button.click()
    desk.wait(page.request.result.isVisible)
    written = tmp_path / "Запрос А. Б.json"
    assert read_request(written.read_bytes()).key == own_key(desk.home)
    assert page.request.result.text().startswith(f"✓ Записано и проверено: {written}.")


def test_a_stick_that_is_gone_leaves_nothing_and_another_place_can_be_chosen(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_key(desk)
    choose(monkeypatch, tmp_path / "gone" / "request.json")
    page.request.save_button.click()
    desk.wait(desk.window.error_bar.isVisible)
    assert "Такой папки нет" in desk.window.error_bar.text
    choose(monkeypatch, tmp_path / "request.json")
    page.request.save_button.click()
    desk.wait(page.request.result.isVisible)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["home", "request.json"]


def test_nothing_is_written_when_one_thinks_better_of_it(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_key(desk)
    choose(monkeypatch, "")
    page.request.save_button.click()
    assert not page.request.result.isVisible()
    assert [each.name for each in tmp_path.iterdir()] == ["home"]


def test_without_a_keyring_it_is_said_that_the_passphrase_is_asked_each_time(desk: Desk) -> None:
    said = "На этом компьютере нет хранилища паролей, поэтому пароль нужно будет вводить каждый раз."
    page = make_key(desk, remember=True)
    assert page.notice.text() == f"✓ Ключ готов.\n{said}"
    page = come_back(desk)
    page.request.passphrase.line.setText(SECRET)
    page.request.remember.setChecked(True)
    page.request.show_button.click()
    desk.wait(page.request.code.isVisible)
    assert page.notice.text() == said
    assert not page.key.forget_button.isVisible()


def test_the_keyring_remembers_until_it_is_told_to_forget(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawer = put_in(Drawer(), monkeypatch)
    make_key(desk, remember=True)
    assert list(drawer.kept.values()) == [SECRET]
    page = come_back(desk)
    assert page.request.code.isVisible()
    page.key.forget_button.click()
    desk.wait(page.notice.isVisible)
    assert not drawer.kept
    assert not page.request.code.isVisible()
    assert page.request.passphrase.isVisible()


def test_a_lost_key_is_replaced_and_kept(desk: Desk) -> None:
    page = make_key(desk)
    former = page.key.digits.digits
    page.lost.question.click()
    assert "остаётся действительным" in words(page.lost)
    page.lost.form.passphrase.line.setText("новое слово")
    page.lost.form.again.line.setText("новое слово")
    page.lost.form.make_button.click()
    desk.wait(lambda: page.key.digits.digits != former)
    assert "прежний сохранён" in page.notice.text()
    assert page.request.code.isVisible()
    assert not page.lost.form.isVisible()
    page.lost.question.click()
    assert page.lost.form.isVisible()
    page.lost.question.click()
    assert not page.lost.form.isVisible()
    (kept,) = desk.home.key_path.parent.glob("*.before-*")
    assert kept.is_file()
    assert unlock(desk.home, "новое слово").public.digits == page.key.digits.digits


def words(part: QWidget) -> str:
    return "\n".join(each.text() for each in part.findChildren(QLabel))


def foreign_key(folder: Path, kind: str = "ed25519") -> Path:
    path = folder / f"foreign_{kind}"
    subprocess.run(
        ["ssh-keygen", "-q", "-t", kind, "-N", SECRET, "-C", "", "-f", path], check=True, capture_output=True
    )
    return path


def test_a_key_of_ssh_keygen_is_taken_locked_as_it_is(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = foreign_key(tmp_path)
    page = visit(desk)
    page.name.line.setText(NAME)
    choose(monkeypatch, foreign)
    page.new_key.take_button.click()
    desk.wait(page.key.isVisible)
    assert foreign.read_bytes() == desk.home.key_path.read_bytes()
    page.request.passphrase.line.setText(SECRET)
    page.request.show_button.click()
    desk.wait(page.request.code.isVisible)


def test_a_file_that_is_no_key_is_refused_and_the_key_stays(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_key(desk)
    before = desk.home.key_path.read_bytes()
    page.lost.question.click()
    choose(monkeypatch, foreign_key(tmp_path, "ecdsa"))
    page.lost.form.take_button.click()
    desk.wait(page.lost.form.problem.isVisible)
    assert "Ed25519" in page.lost.form.problem.text()
    assert desk.home.key_path.read_bytes() == before


def test_the_key_that_is_there_already_may_be_chosen_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_key(desk)
    before = desk.home.key_path.read_bytes()
    page.lost.question.click()
    choose(monkeypatch, desk.home.key_path)
    page.lost.form.take_button.click()
    desk.wait(lambda: "Ключ взят" in page.notice.text())
    assert desk.home.key_path.read_bytes() == before


def test_a_damaged_key_is_said_and_a_new_one_can_be_made(desk: Desk) -> None:
    desk.home.prepare()
    desk.home.key_path.write_text("не ключ")
    page = visit(desk)
    assert "Не удалось прочитать ключ" in page.notice.text()
    page = make_key(desk)
    assert page.request.code.isVisible()
    assert len(list(desk.home.key_path.parent.glob("*.before-*"))) == 1


class SlowDrawer(Drawer):
    """A keyring that asks its owner something and waits for the answer."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.answered = Event(), Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.asked.set()
        self.answered.wait(10)
        return None


def test_the_page_can_be_left_while_the_keyring_asks(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.home.save_settings(name=NAME)
    create_identity(desk.home, SECRET)
    drawer = SlowDrawer()
    put_in(drawer, monkeypatch)
    desk.window.desks.show_identity()
    desk.wait(drawer.asked.is_set)
    desk.window.show_home()
    assert desk.window.desks.page is desk.window.start_page
    drawer.answered.set()
    desk.qtbot.wait(300)
    assert desk.window.desks.page is desk.window.start_page


def test_tab_goes_down_the_page_and_every_stop_has_a_name(desk: Desk) -> None:
    assert goes_down(visit(desk)) == 8
    page = make_key(desk)
    page.lost.question.click()
    QApplication.processEvents()
    assert goes_down(page) == 11


def goes_down(page: IdentityPage) -> int:
    """Check the order and the names of what Tab goes through, and return how many stops there are."""
    stops = [each for each in chain(page.window()) if page.isAncestorOf(each)]
    heights = [each.mapTo(page, QPoint(0, 0)).y() for each in stops]
    assert heights == sorted(heights)
    assert all(each.accessibleName() for each in stops)
    return len(stops)


def chain(window: QWidget) -> Iterator[QWidget]:
    widget = window.nextInFocusChain()
    while widget is not window:
        takes_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if takes_tab and widget.isVisible() and widget.isEnabled():
            yield widget
        widget = widget.nextInFocusChain()

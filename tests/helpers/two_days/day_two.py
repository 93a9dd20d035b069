"""Day two: who brings what and what it changes, the roadmap, the day closed."""

from tests.helpers.two_days.day_one import go_to_people
from tests.helpers.two_days.evening import end_day
from tests.helpers.two_days.hands import CONTROL
from tests.helpers.two_days.table import SAID, Key, Table


def play(table: Table) -> None:
    """Open the group again and play the whole day."""
    hands = table.hands
    hands.push(f"Открыть группу «{table.home.recent()[0][1]}»")
    hands.wait(lambda: table.window.workspace is not None)
    hands.settle()
    go_to_people(table)
    hands.push("Отметить всех")
    effects(table)
    roadmap(table)
    end_day(table, 2)


def effects(table: Table) -> None:
    """A table worked as a spreadsheet: counterparty, product, effect, how it is measured, for whom."""
    hands = table.hands
    table.go_to_step(7)
    for row in SAID["effects"]:
        stand_in_last_row(table)
        for cell in row:
            hands.type(cell)
            hands.press(Key.Key_Tab)
        table.said |= dict.fromkeys(row[:3])
    hands.press(Key.Key_Up)
    hands.press(Key.Key_Home)
    hands.press(Key.Key_Right)
    hands.press(Key.Key_Insert)
    for cell in (SAID["last_product"], SAID["last_effect"]):
        hands.type(cell)
        hands.press(Key.Key_Tab)
        table.said[cell] = None
    hands.press(Key.Key_2, CONTROL)  # the same as a picture
    hands.press(Key.Key_1, CONTROL)


def stand_in_last_row(table: Table) -> None:
    """Go to the first column of the row in which something new is typed."""
    table.hands.press(Key.Key_End, CONTROL)
    table.hands.press(Key.Key_Home)


def roadmap(table: Table) -> None:
    """Actions with all their columns; one is taken from the results."""
    hands = table.hands
    table.go_to_step(8)
    for number, (text, start, end) in enumerate(SAID["actions"][:-1]):
        stand_in_last_row(table)
        hands.press(Key.Key_Right)
        for cell in (text, start, end):
            hands.type(cell)
            hands.press(Key.Key_Tab)
        table.said[text] = None
        if number < 3:
            fill(table, number)
    hands.press(Key.Key_F3)
    hands.type(SAID["last_product"])
    hands.press(Key.Key_Return)
    hands.press(Key.Key_A, CONTROL)
    hands.type(SAID["actions"][-1][0])
    hands.press(Key.Key_Tab)
    for cell in SAID["actions"][-1][1:]:
        hands.type(cell)
        hands.press(Key.Key_Tab)
    table.said[SAID["actions"][-1][0]] = None
    hands.press(Key.Key_2, CONTROL)  # everyone gives the first action three dots
    hands.press(Key.Key_Return)
    for _ in range(18):
        hands.press(Key.Key_Home)
        hands.type("3")
        hands.settle()
        hands.press(Key.Key_Return)
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Return)
    assert f"{SAID['actions'][0][0]} 54" in table.look_at_room()
    hands.press(Key.Key_1, CONTROL)


def fill(table: Table, number: int) -> None:
    """Go on from the column of who is responsible to the last one."""
    hands = table.hands
    tick(table, SAID["effects"][number][0])
    hands.press(Key.Key_Tab)
    hands.type(SAID["effects"][number + 1][0])
    hands.press(Key.Key_Tab)
    hands.press(Key.Key_Return)  # the level is chosen from a list
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Up)
    hands.press(Key.Key_Tab)
    for cell in ("Приказ", "Работает в трёх районах", "Доля районов", "0 %", "30 %", "Областной бюджет"):
        hands.type(cell)
        hands.press(Key.Key_Tab)
    tick(table, SAID["effects"][number][1])


def tick(table: Table, words: str) -> None:
    """Open the list of a cell, find one by its words, tick it and accept."""
    hands = table.hands
    hands.press(Key.Key_Return)
    hands.type(words)
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Return)

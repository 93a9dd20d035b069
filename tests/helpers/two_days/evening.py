"""The end of a day: the chain, the copy, the signed package, the printed summary, and the day is closed."""

from tests.helpers.two_days.hands import SHIFT
from tests.helpers.two_days.table import SECRET, Key, Table


def end_day(table: Table, day: int) -> None:
    """Go down the page of the day's end and close the day."""
    hands, workspace = table.hands, table.workspace
    hands.press(Key.Key_F9)
    hands.press(Key.Key_F12, SHIFT)
    hands.push("Показать пробелы")
    hands.push("Сделать копию")
    hands.push("Подписать и передать")
    hands.tab_to("Пароль")
    hands.type(SECRET)
    if day == 1:
        hands.press(Key.Key_Tab)
        hands.type(SECRET)
    package = table.save_as(f"day{day}.fpkg")
    hands.push("Подписать и сохранить…")
    assert package.exists()
    hands.wait(table.window.isActiveWindow)
    hands.press(Key.Key_F12, SHIFT)
    summary = table.save_as(f"day{day}.pdf")
    hands.push("Напечатать итог")
    hands.wait(table.window.isActiveWindow)
    hands.push(f"Закрыть день {day}")
    assert summary.exists()
    assert workspace.session.room.day_end(day).closed is not None

"""Day one: six steps, every method, the day closed."""

from PySide6.QtWidgets import QPlainTextEdit

from tests.helpers.two_days.evening import end_day
from tests.helpers.two_days.hands import CONTROL, SHIFT
from tests.helpers.two_days.table import SAID, Key, Table


def play(table: Table) -> None:
    """Play the whole day."""
    begin(table)
    present(table)
    future(table)
    barriers(table)
    mission(table)
    rules(table)
    image(table)
    end_day(table, 1)


def begin(table: Table) -> None:
    """Make the group with its eighteen people."""
    hands = table.hands
    hands.press(Key.Key_N, CONTROL)
    hands.type("Людмила Осипова")
    hands.tab_to("Участники")
    hands.paste(SAID["people"].strip())
    hands.push("Начать работу группы")
    hands.wait(lambda: table.window.workspace is not None)
    hands.settle()
    go_to_people(table)
    hands.push("Отметить всех")
    check_in(table, 18)  # comes late


def go_to_people(table: Table) -> None:
    """Walk down the list of steps and places to the participants."""
    table.hands.tab_to("Шаги и разделы группы")
    steps = table.workspace.session.script.steps
    table.hands.press(Key.Key_Down, times=len(steps) - steps.index(table.workspace.step))


def check_in(table: Table, number: int) -> None:
    """Say in the list of people that one has come, or that one who had come has left."""
    hands = table.hands
    hands.tab_to("Участники")
    hands.press(Key.Key_Home, CONTROL)
    hands.press(Key.Key_Down, times=number - 1)
    hands.press(Key.Key_Right)
    hands.press(Key.Key_Return)


def present(table: Table) -> None:
    """Silent writing, the round, one pasted list, and all that can be done with a statement."""
    hands, words = table.hands, SAID["present"]
    table.go_to_step(1)
    hands.push("Начать шаг", back=True)
    hands.press(Key.Key_F10)
    hands.press(Key.Key_Return)  # silent writing gets its time
    assert table.workspace.session.room.timer(table.workspace.step).silent
    hands.press(Key.Key_F5)
    hands.press(Key.Key_F5)
    hands.press(Key.Key_F5, SHIFT)
    go_round(table, words[:34])
    table.say(words[34], 5)
    table.say(words[35], 6)
    hands.paste("\n".join(f"{number}) {text}" for number, text in enumerate(words[36:], 1)))
    table.said |= dict.fromkeys(words[36:], "Участник 6")  # who was chosen last, until another is
    work_with_statements(table)
    cluster(table, ("Очередь и бумаги", "Люди и время"))
    vote_by_person(table)


def work_with_statements(table: Table) -> None:
    """Mend the last and take that back; one large before the room; a late one; split, join, separate."""
    hands, last = table.hands, SAID["present"][-1]
    hands.press(Key.Key_Up)
    hands.wait(lambda: isinstance(hands.place, QPlainTextEdit) and hands.place.toPlainText() == last)
    hands.press(Key.Key_End, CONTROL)
    hands.enter(" и печатей")
    assert texts(table)[-1] == f"{last} и печатей"
    hands.press(Key.Key_Z, CONTROL)
    assert texts(table)[-1] == last
    hands.press(Key.Key_Return, CONTROL)
    assert last in table.look_at_room()
    if table.two_screens:
        hands.press(Key.Key_Return, CONTROL)  # it stands alone no longer
    hands.press(Key.Key_L, CONTROL)
    hands.press(Key.Key_Return)
    table.say(SAID["late"], 7)
    hands.tab_to("Высказывания")
    hands.press(Key.Key_Home)
    hands.press(Key.Key_F2, SHIFT)
    hands.press(Key.Key_End, CONTROL)
    hands.type("\n")
    hands.press(Key.Key_Return, CONTROL)
    hands.press(Key.Key_Escape)
    hands.press(Key.Key_Down, SHIFT)
    hands.press(Key.Key_F3)
    hands.press(Key.Key_Return)
    assert len(texts(table, standing=True)) == 40
    hands.press(Key.Key_F3, SHIFT)
    assert len(texts(table, standing=True)) == 41


def cluster(table: Table, names: tuple[str, str]) -> None:
    """Sort all statements into two columns and name these."""
    hands = table.hands
    hands.press(Key.Key_2, CONTROL)
    for place in range(len(texts(table))):
        hands.type(str(1 + place % 2))
        hands.settle()
    for name in names:
        hands.press(Key.Key_Right)
        hands.press(Key.Key_F2)
        hands.press(Key.Key_A, CONTROL)
        hands.enter(name)


def texts(table: Table, *, standing: bool = False) -> list[str]:
    """Return the statements of the step one is at."""
    workspace = table.workspace
    kinds = (kind.id for kind in workspace.step.card_kinds)
    cards = workspace.session.snapshot.cards_of(*kinds)
    return [card.text for card in cards if not standing or card.status != "parked"]


def vote_by_person(table: Table) -> None:
    """Everyone gives three dots to two statements; one who wants to give more is refused."""
    hands, workspace = table.hands, table.workspace
    hands.press(Key.Key_3, CONTROL)
    hands.press(Key.Key_Return)  # open
    here = 17
    for number in range(here):
        hands.press(Key.Key_Home)
        hands.type("2")
        hands.press(Key.Key_Down, times=1 + number % 3)
        hands.type("1")
        hands.settle()
        if number == 0:
            hands.press(Key.Key_Down)
            hands.type("+")
            hands.settle()
            assert dots_given(table) == 3
        hands.press(Key.Key_Return)
    assert f"{here} из {here}" in table.look_at_room()
    hands.press(Key.Key_Return)  # close
    assert not workspace.session.snapshot.dots
    assert "●" not in table.look_at_room()
    hands.press(Key.Key_Return)  # reveal
    assert texts(table)[0] in table.look_at_room()


def dots_given(table: Table) -> int:
    """Return how many dots are given in all rounds."""
    return sum(vote.value for vote in table.workspace.session.snapshot.votes.values())


def go_round(table: Table, words: list[str]) -> None:
    """Let everyone have the word in turn: who has it is the author of what is typed."""
    hands, workspace = table.hands, table.workspace
    hands.press(Key.Key_F8)
    skipped = False
    for text in words:
        turns = workspace.session.room.turns(workspace.step.id)
        if turns is None or turns.over:
            hands.press(Key.Key_F8)
        elif len(turns.spoken) == 3 and not skipped:
            skipped = True
            hands.press(Key.Key_F8, SHIFT)
            hands.press(Key.Key_F8, CONTROL)  # they do want the word
        turns = workspace.session.room.turns(workspace.step.id)
        assert turns is not None
        assert turns.speaker is not None
        speaker = workspace.session.snapshot.participants[turns.speaker].label
        hands.enter(text)
        table.said[text] = speaker
        hands.press(Key.Key_F8)


def record(table: Table, words: list[str]) -> None:
    """Type statements one after another, each with another author."""
    for number, text in enumerate(words):
        table.say(text, 1 + number % 17)


def future(table: Table) -> None:
    """Statements with their authors and their links; dots counted on the wall."""
    hands, words = table.hands, SAID["future"]
    table.go_to_step(2)
    for method in ("one-two-four-all", "consensus-workshop"):
        hands.press(Key.Key_F10)
        begin_method(table, method)
    hands.tab_to("Высказывание")
    record(table, words)
    link_each(table, "Найти в списке «Заменяет»", SAID["present"][: len(words)])
    cluster(table, ("Рядом", "Вместе"))
    hands.press(Key.Key_3, CONTROL)
    hands.tab_to("Как вносятся точки")
    hands.press(Key.Key_Down)
    hands.tab_to("Высказывания и их точки")
    hands.press(Key.Key_Home)
    hands.press(Key.Key_Return)
    for dots in ("12", "9", "4"):
        hands.enter(dots)
    hands.press(Key.Key_Return, CONTROL)
    hands.press(Key.Key_Return, CONTROL)
    assert words[0] in table.look_at_room()


def link_each(table: Table, search: str, targets: list[str]) -> None:
    """Link the statements of the step, from the first on, each to one before it, found by its words."""
    hands = table.hands
    hands.tab_to("Высказывания")
    hands.press(Key.Key_Home)
    for target in targets:
        hands.tab_to(search)
        hands.enter(target)
        hands.tab_to("Высказывания", back=True)
        hands.press(Key.Key_Down)


def barriers(table: Table) -> None:
    """Barriers with their sort, each in the way of a norm."""
    hands, words = table.hands, SAID["barriers"]
    table.go_to_step(3)
    hands.tab_to("Вид барьера")
    hands.press(Key.Key_Down)
    hands.tab_to("Высказывание", back=True)
    record(table, words)
    link_each(table, "Найти в списке «Мешает»", SAID["future"][: len(words)])
    hands.press(Key.Key_F10)
    begin_method(table, "dot-voting")
    cluster(table, ("Деньги и законы", "Люди"))


def begin_method(table: Table, method: str) -> None:
    """Go along the method cards to one and give it its time; a method that is not chosen is chosen first."""
    hands, cards = table.hands, table.workspace.headings[table.workspace.step.id].methods
    for _ in range(cards.tabs.count()):
        if cards.current == method:
            break
        hands.press(Key.Key_Right)
    assert cards.current == method, (method, cards.current)
    hands.press(Key.Key_Return)


def mission(table: Table) -> None:
    """Two versions, the fist of five twice, and everyone's own mission, one of them for all to read."""
    hands, workspace = table.hands, table.workspace
    table.go_to_step(4)
    hands.type(SAID["mission_first"])
    hands.press(Key.Key_S, CONTROL)
    hands.press(Key.Key_A, CONTROL)
    hands.type(SAID["mission"])
    hands.press(Key.Key_S, CONTROL)
    agree(table, objection=SAID["objection"])
    agree(table)
    hands.tab_to("Личная миссия")
    for number, text in enumerate(SAID["personal"][:17], 1):
        table.say(text, number)
    go_to_people(table)
    check_in(table, 18)  # has come at last
    table.go_to_step(5)
    table.go_to_step(4)
    hands.tab_to("Личная миссия")
    table.say(SAID["personal"][17], 18)
    hands.tab_to("Личные миссии")
    hands.press(Key.Key_Home)
    hands.push("Согласие опубликовать: Участник 1")
    published = [
        card.text for card in workspace.session.snapshot.cards_of("personal-mission") if not card.private
    ]
    assert published == SAID["personal"][:1]


def agree(table: Table, objection: str = "") -> None:
    """Show the fingers: with an objection one shows two; all the others agree."""
    hands = table.hands
    if hands.place.accessibleName() != "Ещё раунд":
        hands.push("«Кулак – пятерня»: согласны ли мы?")
    hands.press(Key.Key_Space)
    for number in range(17):
        if objection and number == 4:
            hands.type("2")
            hands.settle()
            hands.enter(objection)
        elif number == 9:
            hands.push("Остальные – 5")
            break
        else:
            hands.type(str(3 + number % 3))
            hands.settle()
    hidden = table.look_at_room()
    hands.press(Key.Key_Space)
    assert objection not in hidden or not objection
    hands.press(Key.Key_Space)
    table.look_at_room()


def rules(table: Table) -> None:
    """Rules, each against a barrier, and the fist of five on one of them."""
    words = SAID["rules"]
    table.go_to_step(5)
    record(table, words)
    link_each(table, "Найти в списке «Преодолевает»", SAID["barriers"][: len(words)])


def image(table: Table) -> None:
    """The text with its sources, read aloud and agreed on."""
    hands = table.hands
    table.go_to_step(6)
    for sentence in SAID["image"]:
        hands.type(sentence + " ")
    hands.tab_to("На что может опираться текст")
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    hands.push("Показать для чтения вслух", back=True)
    assert SAID["image"][0] in table.look_at_room()
    if table.two_screens:
        hands.press(Key.Key_Escape)  # the text goes, the show stays
    agree(table)

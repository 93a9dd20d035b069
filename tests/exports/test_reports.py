"""What every report keeps to: all that was said is in it, nothing private is, and it is a sound document."""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from exports.excel import write_consolidated_workbook
from exports.model import ConsolidatedReport
from exports.word import write_consolidated_report, write_group_report
from exports.word.steps import TELLERS
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import EnvironmentFault
from facilitator.script.kinds import STEP_KINDS
from facilitator.texts import load_texts
from tests.exports.reader import docx_lines, docx_text, parts, workbook
from tests.exports.room import (
    PERSON_NAME,
    PRIVATE_TEXT,
    STAMP,
    Room,
    consolidated,
    report_of,
    told_room,
)

RUSSIAN = load_texts("exports", "ru")
HOSTILE = (
    "б" * 2_000,
    "Обед 🍲 и семья 👨‍👩‍👧‍👦",
    "=cmd|'/c calc'!A1",
    "+7 928 000-00-00",
    "-5 дней",
    "@SUM(A1)",
    "<w:t>&amp;</w:t>",
    "{{7*7}} {% raw %}",
    "_x0041_ и _x000D_",
    "строка\nвторая\tс отступом",
    "]]> <!-- -->",
)


def write(name: str, snapshot: GroupSnapshot, folder: Path) -> Path:
    path = folder / name
    if name == "group.docx":
        write_group_report(report_of(snapshot), RUSSIAN, "ru", path)
    elif name == "centre.docx":
        write_consolidated_report(consolidated(snapshot, told_room(1, "family")), RUSSIAN, "ru", path)
    else:
        write_consolidated_workbook(consolidated(snapshot, told_room(1, "family")), RUSSIAN, "ru", path)
    return path


@pytest.fixture(params=["group.docx", "centre.docx", "book.xlsx"])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_same_input_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    first = write(name, told_room(), tmp_path).read_bytes()
    time.sleep(0.01)
    assert write(name, told_room(), tmp_path).read_bytes() == first


def test_a_workbook_does_not_depend_on_lxml() -> None:
    told = "import exports.excel, openpyxl.xml; print(openpyxl.xml.LXML)"
    answer = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"


def test_nothing_private_and_no_name_is_printed(name: str, tmp_path: Path) -> None:
    room = Room()
    room.people()
    room.card("p1", "present-norm", "Всем видно")
    room.card(
        "f1", "future-norm", PRIVATE_TEXT, private=True, author=2, links={"replaces": ("p1",)}, dots=4321
    )
    room.card("b1", "barrier", "Мешает тайному", links={"hinders": ("f1",)})
    path = write(name, room.snapshot(), tmp_path)
    raw = "".join("".join(part.itertext()) for part in parts(path).values())
    assert "Мешает тайному" in raw
    assert PRIVATE_TEXT not in raw
    assert PERSON_NAME not in raw
    assert "4321" not in raw


def test_a_private_gap_is_not_told(tmp_path: Path) -> None:
    room = Room()
    room.card("f1", "future-norm", PRIVATE_TEXT, private=True)
    report = report_of(room.snapshot())
    assert report.gaps
    write_group_report(report, RUSSIAN, "ru", tmp_path / "group.docx")
    assert PRIVATE_TEXT not in docx_text(tmp_path / "group.docx")


def hostile_room() -> Room:
    room = Room()
    road = room.cluster("present", "=1+1 <b>")
    kinds = ("present-norm", "future-norm", "personal-mission", "image", "product", "effect", "action")
    for kind in kinds:
        for number, text in enumerate(HOSTILE):
            cluster = road if kind == "present-norm" and number % 2 else None
            room.card(f"{kind}{number}", kind, f"{text}" if kind != "image" else f"{text} ", cluster=cluster)
    return room


def test_hostile_texts_are_found_as_they_were_said_in_word(tmp_path: Path) -> None:
    for name in ("group.docx", "centre.docx"):
        text = docx_text(write(name, hostile_room().snapshot(), tmp_path)).replace(" … ", "\t")
        for hostile in HOSTILE:
            assert hostile in text


def test_hostile_texts_are_text_in_excel(tmp_path: Path) -> None:
    book = workbook(write("book.xlsx", hostile_room().snapshot(), tmp_path))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    values = {cell.value for cell in cells}
    assert {text for text in HOSTILE if not text.startswith("_x")} <= values
    # Excel reads _x005F_ as an underscore that begins no escape.
    assert "_x005F_x0041_ и _x005F_x000D_" in values
    assert all(cell.quotePrefix for cell in cells if str(cell.value)[:1] in "=+@")


@given(text=st.text(st.characters(codec=None), min_size=1, max_size=60).filter(str.strip))
def test_any_text_leaves_a_sound_document(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    room = Room()
    room.card("p1", "present-norm", text)
    folder = tmp_path_factory.mktemp("any")
    for each in ("group.docx", "centre.docx", "book.xlsx"):
        assert parts(write(each, room.snapshot(), folder))


def test_every_table_repeats_its_head_and_keeps_its_rows_whole(tmp_path: Path) -> None:
    for name in ("group.docx", "centre.docx"):
        body = parts(write(name, told_room(), tmp_path))["word/document.xml"]
        tables = [table for table in body.iter(qn("w:tbl")) if style_of(table) != "FactTable"]
        assert len(tables) > 8
        for table in tables:
            heads = [
                row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.iter(qn("w:tr"))
            ]
            assert heads[0] is True
            assert not any(heads[1:])
        assert all(
            row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in body.iter(qn("w:tr"))
        )


def style_of(table: object) -> str:
    return str(table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}").get(qn("w:val")))  # type: ignore[attr-defined]


def test_the_contents_lead_to_every_heading(tmp_path: Path) -> None:
    body = parts(write("centre.docx", told_room(), tmp_path))["word/document.xml"]
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    bookmarks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    codes = [code.text.strip() for code in body.iter(qn("w:instrText"))]
    assert len(anchors) > 10
    assert set(anchors) <= bookmarks
    assert any(code.startswith("TOC ") for code in codes)
    assert [code.split()[1] for code in codes if code.startswith("PAGEREF")] == anchors


def test_the_wide_tables_lie_on_landscape_pages(tmp_path: Path) -> None:
    body = parts(write("group.docx", told_room(), tmp_path))["word/document.xml"]
    sizes = [size.get(qn("w:orient"), "portrait") for size in body.iter(qn("w:pgSz"))]
    assert sizes == ["portrait", "landscape", "portrait"]


def test_every_style_in_use_is_defined(tmp_path: Path) -> None:
    for name in ("group.docx", "centre.docx"):
        found = parts(write(name, told_room(), tmp_path))
        defined = {style.get(qn("w:styleId")) for style in found["word/styles.xml"].iter(qn("w:style"))}
        tags = (qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle"))
        used = {use.get(qn("w:val")) for part in found.values() for use in part.iter(*tags)}
        assert used <= defined


def test_a_group_without_a_word_still_has_a_report(tmp_path: Path) -> None:
    path = tmp_path / "empty.docx"
    write_group_report(report_of(Room().snapshot(), stamp=None), RUSSIAN, "ru", path)
    text = docx_lines(path)
    assert text.count("На этом шаге ничего не записано.") == 8
    assert "Пакет ещё не собран." in text
    assert "Ничего ещё не записано." in text


def test_both_versions_of_a_conflicting_group_are_told_and_people_counted_once(tmp_path: Path) -> None:
    first, second = Room(), Room()
    first.people()
    second.people()
    first.card("p1", "present-norm", "Как было в первой")
    second.card("p1", "present-norm", "Как стало во второй")
    report = consolidated(first.snapshot(), second.snapshot(), conflicting=True)
    path = tmp_path / "centre.docx"
    write_consolidated_report(report, RUSSIAN, "ru", path)
    text = docx_lines(path)
    assert "| 1.1 | Как было в первой | гр. 3, версия 1 |" in text
    assert "| 1.1 | Как стало во второй | гр. 3, версия 2 |" in text
    assert "1 группа · 3 участника · 1 высказывание" in text
    assert "Тема обсуждалась на 1 площадке: СКФО (гр. 3)." in text


def districts() -> ConsolidatedReport:
    return consolidated(
        told_room(),
        told_room(code="pfo-2018", district="pfo"),
        told_room(code="pfo-2018-b", district="pfo"),
    )


def test_groups_of_several_districts_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "centre.docx"
    write_consolidated_report(districts(), RUSSIAN, "ru", path)
    text = docx_lines(path)
    assert "Тема обсуждалась на 3 площадках: ПФО (гр. 3, гр. 3), СКФО (гр. 3)." in text
    assert "| ПФО, гр. 3 (pfo-2018.g3) |" in text
    assert "| СКФО, гр. 3 |" in text


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        ("2018-02-08", "2018-02-08", "8 февраля 2018 года"),
        ("2018-01-31", "2018-02-01", "31 января – 1 февраля 2018 года"),
        ("2017-12-31", "2018-01-01", "31 декабря 2017 года – 1 января 2018 года"),
    ],
)
def test_dates_are_written_as_people_write_them(
    starts: str, ends: str, expected: str, tmp_path: Path
) -> None:
    snapshot = told_room()
    event = msgspec.structs.replace(snapshot.event, starts=starts, ends=ends)
    write_group_report(report_of(replace(snapshot, event=event)), RUSSIAN, "ru", tmp_path / "group.docx")
    assert f"| Даты | {expected} |" in docx_lines(tmp_path / "group.docx")


def test_numbers_and_whole_dates_are_such_in_excel(tmp_path: Path) -> None:
    book = workbook(write("book.xlsx", told_room(), tmp_path))
    plan = book["Дорожная карта"]
    heads = {cell.value: cell.column for cell in plan[1]}
    row = next(
        row for row in plan.iter_rows(min_row=2) if row[heads["Мероприятие"] - 1].value == "Принять порядок"
    )
    by_head = {head: row[column - 1] for head, column in heads.items()}
    assert by_head["Начало"].is_date
    assert by_head["Окончание"].value == "10.2018"
    assert (by_head["База"].value, by_head["Цель"].value) == (0, 12.5)


def test_every_sheet_has_a_filter_and_a_frozen_head(tmp_path: Path) -> None:
    book = workbook(write("book.xlsx", told_room(), tmp_path))
    expected = ["Сводка", "Высказывания", "Связи", "Эффекты", "Дорожная карта", "Участники", "Пакеты"]
    assert book.sheetnames == expected
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_every_kind_of_step_can_be_told() -> None:
    assert set(TELLERS) == {kind.id for kind in STEP_KINDS}


def test_the_stamp_stands_on_the_last_page(tmp_path: Path) -> None:
    lines = docx_lines(write("group.docx", told_room(), tmp_path)).splitlines()
    assert lines[-4].endswith(f"{STAMP.package_id} |")
    assert lines[-3].endswith(f"{STAMP.fingerprint} |")


def test_a_folder_that_is_not_there_is_the_machines_fault(name: str, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as fault:
        write(name, told_room(), tmp_path / "nowhere")
    assert fault.value.code == "folder-missing"


def many(cards: int) -> GroupSnapshot:
    room = Room()
    clusters = [room.cluster("present", f"Столбец {number}") for number in range(cards // 8)]
    for number in range(cards // 2):
        room.card(f"p{number}", "present-norm", f"Норма {number}", cluster=clusters[number % len(clusters)])
        room.card(f"f{number}", "future-norm", f"Будет {number}", links={"replaces": (f"p{number}",)})
    for number in range(cards // 4):
        room.card(f"c{number}", "counterparty", f"Кто {number}")
        room.card(f"d{number}", "product", f"Что {number}", links={"by": (f"c{number}", "c0")})
        room.card(f"a{number}", "action", f"Шаг {number}", links={"delivers": (f"d{number}",)})
    return room.snapshot()


def seconds(call: Callable[[], object]) -> float:
    def once() -> float:
        begun = time.process_time()
        call()
        return time.process_time() - begun

    return min(once() for _ in range(3))


def test_four_times_the_statements_take_about_four_times_as_long(name: str, tmp_path: Path) -> None:
    small, large = many(400), many(1_600)
    write(name, many(40), tmp_path)
    ratio = seconds(lambda: write(name, large, tmp_path)) / seconds(lambda: write(name, small, tmp_path))
    assert ratio < 9


def test_no_head_of_the_roadmap_is_wider_than_its_column(tmp_path: Path) -> None:
    padding, letter = (
        2.4,
        0.65 * 7 * 0.3528,
    )  # millimetres; a bold letter of Arial takes up to 0.65 of its size
    body = parts(write("group.docx", told_room(), tmp_path))["word/document.xml"]
    (plan,) = (table for table in body.iter(qn("w:tbl")) if style_of(table) == "PlanTable")
    widths = [int(column.get(qn("w:w"))) / 56.6929 for column in plan.iter(qn("w:gridCol"))]
    heads = ["".join(cell.itertext()) for cell in next(plan.iter(qn("w:tr"))).iter(qn("w:tc"))]
    tight = [
        head
        for head, width in zip(heads, widths, strict=True)
        if max(map(len, head.split())) * letter > width - padding
    ]
    assert "Финансирование" in heads
    assert not tight
    assert round(sum(widths)) == 267


def test_the_roadmap_counts_actions_and_has_a_caption(tmp_path: Path) -> None:
    text = docx_lines(write("group.docx", told_room(), tmp_path))
    counted, caption = text.rpartition("Дорожная карта\n")[2].splitlines()[:2]
    assert "⏎2 мероприятия · " in counted
    assert caption.endswith(". Мероприятия дорожной карты")


def test_every_sheet_prints_to_one_page_in_breadth_and_can_be_read(tmp_path: Path) -> None:
    breadth, character, smallest = {"9": 297, "8": 420}, 1.9, 6.5  # millimetres, millimetres, points
    for sheet in workbook(write("book.xlsx", told_room(), tmp_path)):
        setup = sheet.page_setup
        assert (setup.orientation, setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (
            "landscape",
            0,
            True,
        )
        room = breadth[str(setup.paperSize)] - 25.4 * (sheet.page_margins.left + sheet.page_margins.right)
        width = character * sum(column.width for column in sheet.column_dimensions.values())
        assert 10 * min(1, room / width) >= smallest, sheet.title


def test_rows_are_as_high_as_their_wrapped_words_need(tmp_path: Path) -> None:
    room = told_room_with("сельскохозяйственноперерабатывающий " * 12)
    sheet = workbook(write("book.xlsx", room, tmp_path))["Высказывания"]
    (number,) = (cell.row for row in sheet.iter_rows() for cell in row if "сельскохоз" in str(cell.value))
    assert sheet.row_dimensions[number].height >= 12 * 12


def told_room_with(text: str) -> GroupSnapshot:
    room = Room()
    room.card("p1", "present-norm", text.strip())
    return room.snapshot()

"""The bundled catalogues, and what a broken one says."""

from collections import Counter
from pathlib import Path

import pytest

from facilitator.errors import UserFault
from facilitator.script.catalogues import Catalogues, load_catalogues


def test_there_are_eighteen_themes_in_order(catalogues: Catalogues) -> None:
    assert [theme.number for theme in catalogues.themes.values()] == list(range(1, 19))
    assert catalogues.themes["elderly"].title.ru == "Думая о пожилых – мы думаем о будущем"


def test_there_are_nine_sessions_in_the_order_they_were_held(catalogues: Catalogues) -> None:
    assert list(catalogues.sessions) == ["intl", "szfo", "pfo", "yufo", "ufo", "skfo", "sfo", "dfo", "cfo"]
    starts = [session.starts for session in catalogues.sessions.values()]
    assert starts == sorted(starts)
    assert all(session.starts <= session.ends for session in catalogues.sessions.values())
    stavropol = catalogues.sessions["skfo"]
    assert (stavropol.short, stavropol.city, stavropol.planned_participants) == ("СКФО", "Ставрополь", 300)


def test_the_subjects_stand_in_their_districts_of_february_2018(catalogues: Catalogues) -> None:
    assert Counter(subject.district for subject in catalogues.subjects.values()) == {
        "cfo": 18,
        "pfo": 14,
        "sfo": 12,
        "szfo": 11,
        "dfo": 9,
        "yufo": 8,
        "skfo": 7,
        "ufo": 6,
    }
    assert catalogues.subjects["03"].district == "sfo"
    assert catalogues.subjects["92"].title.ru == "Севастополь"
    assert len({subject.title.ru for subject in catalogues.subjects.values()}) == 85


def test_categories_and_marks_are_those_of_the_contract(catalogues: Catalogues) -> None:
    assert " ".join(catalogues.categories) == (
        "public professional legislative executive business nko recipients"
    )
    assert " ".join(catalogues.marks) == (
        "proposal growth-point risk-zone law-municipal law-regional law-federal technology practice scaling "
        "admin-lift roadmap-change"
    )


def test_no_everyday_name_means_two_things(catalogues: Catalogues) -> None:
    for entries in (catalogues.subjects.values(), catalogues.categories.values()):
        names = [{entry.title.ru, entry.title.en, *entry.also} for entry in entries]
        counted = Counter(name.casefold() for each in names for name in each)
        assert not [name for name, count in counted.items() if count > 1]
    assert "КБР" in catalogues.subjects["07"].also
    assert "СОНКО" in catalogues.categories["nko"].also


@pytest.mark.parametrize(
    ("name", "passage", "replacement", "key", "reason"),
    [
        ("themes", "number = 2,", "", "themes[1].number", "missing required field"),
        ("themes", '"family"', '"youth"', "themes", "youth stands twice"),
        ("sessions", '"2018-02-08"', '"8 февраля"', "sessions[5].starts", "regex"),
        ("sessions", 'id = "sfo"', 'id = "dfo"', "subjects[2].district", "no session sfo"),
        ("subjects", '"04"', '"03"', "subjects", "03 stands twice"),
        (
            "subjects",
            'code = "05", district = "skfo"',
            'code = "05", district = "yug"',
            "subjects[4].district",
            "yug",
        ),
        ("categories", "categories = [", "people = [", "people", "unknown field"),
        ("marks", 'id = "practice", title', 'id = "practice", colour', "marks[7].colour", "unknown field"),
    ],
)
def test_a_broken_catalogue_names_file_key_and_reason(
    catalogue_folder: Path, name: str, passage: str, replacement: str, key: str, reason: str
) -> None:
    path = catalogue_folder / f"{name}.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count(passage) == 1
    path.write_text(text.replace(passage, replacement), encoding="utf-8")
    with pytest.raises(UserFault) as caught:
        load_catalogues(catalogue_folder)
    assert caught.value.code == "data-broken"
    assert Path(str(caught.value.facts["file"])).parent == catalogue_folder
    assert caught.value.facts["key"] == key
    assert reason in str(caught.value.facts["reason"])


def test_a_missing_catalogue_is_named(catalogue_folder: Path) -> None:
    (catalogue_folder / "marks.toml").unlink()
    with pytest.raises(UserFault) as caught:
        load_catalogues(catalogue_folder)
    assert caught.value.facts["file"] == str(catalogue_folder / "marks.toml")

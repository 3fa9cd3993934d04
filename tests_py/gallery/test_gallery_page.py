"""The gallery's page in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from gallery.chromium import Chromium
from gallery.reports import BLUE, GREEN, RED, report, written

NAMES = "Array.from(document.querySelectorAll('article:not([hidden]) h2'), it => it.textContent)"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with Chromium.started(tmp_path_factory.mktemp("profile")) as chromium:
        yield chromium


@pytest.fixture
def library(tmp_path: Path, browser: Chromium) -> Chromium:
    """The page of four shaders, opened."""
    far = {"compile_ms": 1.0, "first_frame_ms": 1.0, "frame_ms": 90.0}
    browser.open(
        written(
            tmp_path,
            report("Waves", RED, GREEN, BLUE, categories=["Water", "Noise"], credit="Ann"),
            report("blur", RED, kind="filter", categories=["Blur"], cost=far),
            report("void", BLUE, flat=True, description="Deep and blue"),
            report("broken", problems=[problem("syntax error, unexpected '}'")]),
        )
    )
    return browser


def problem(message: str, **changes: Any) -> dict[str, Any]:
    members = {"file": "a.fs", "line": 2, "column": 3, "end": 0, "hint": None, "quote": "  }"}
    return {**members, "message": message, **changes}


def search(browser: Chromium, words: str) -> Any:
    browser.evaluate("document.getElementById('search').value = ''")
    browser.evaluate("document.getElementById('search').focus()")
    browser.write(words)
    return browser.evaluate(NAMES)


def click(browser: Chromium, value: str) -> Any:
    browser.evaluate(f"document.querySelector('button[value={value}]').click()")
    return browser.evaluate(NAMES)


def choose(browser: Chromium, name: str, value: str) -> Any:
    browser.evaluate(
        f"(it => {{ it.value = '{value}'; it.dispatchEvent(new Event('change')); }})"
        f"(document.getElementById('{name}'))"
    )
    return browser.evaluate(NAMES)


def test_cards_are_sorted_by_name(library: Chromium) -> None:
    assert library.evaluate(NAMES) == ["blur", "broken", "void", "Waves"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("wav", ["Waves"]),
        ("ANN noise", ["Waves"]),
        ("deep", ["void"]),
        ("blue wav", []),
        ("  ", ["blur", "broken", "void", "Waves"]),
    ],
)
def test_the_search_finds_cards(library: Chromium, words: str, names: list[str]) -> None:
    assert search(library, words) == names
    shown = library.evaluate("document.getElementById('count').textContent")
    assert shown == (f"{len(names)} of 4 shown" if len(names) < 4 else "4 shown")
    assert library.evaluate("document.getElementById('none').hidden") == bool(names)


def test_kinds_states_and_categories_filter(library: Chromium) -> None:
    assert click(library, "filter") == ["blur"]
    assert click(library, "generator") == ["blur", "void", "Waves"]
    assert click(library, "filter") == ["void", "Waves"]
    assert click(library, "flat") == ["void"]
    assert click(library, "generator") == ["void"]
    assert click(library, "flat") == ["blur", "broken", "void", "Waves"]
    assert click(library, "failed") == ["broken"]
    assert click(library, "failed") == ["blur", "broken", "void", "Waves"]
    assert choose(library, "category", "Noise") == ["Waves"]
    assert choose(library, "category", "") == ["blur", "broken", "void", "Waves"]


def test_buttons_count_what_they_show(library: Chromium) -> None:
    expression = "Array.from(document.querySelectorAll('fieldset button'), it => it.textContent)"
    assert library.evaluate(expression) == ["generator2", "filter1", "ok3", "flat1", "failed1"]


def test_cards_are_sorted_by_cost(library: Chromium) -> None:
    assert choose(library, "order", "cost")[0] == "blur"
    assert choose(library, "order", "compile")[-2:] == ["blur", "broken"]


def test_nothing_found_can_be_undone(library: Chromium) -> None:
    assert click(library, "flat") == ["void"]
    assert search(library, "nothing has these words") == []
    library.evaluate("document.getElementById('clear').click()")
    assert library.evaluate(NAMES) == ["blur", "broken", "void", "Waves"]


def colour_of(browser: Chromium, selector: str) -> tuple[int, ...]:
    picture = browser.picture(selector)
    colour = picture.getpixel((picture.width // 2, picture.height // 2))
    assert isinstance(colour, tuple)
    return colour


PLAYED = "document.querySelector('article:last-of-type img').getAnimations()"


def test_a_card_plays_while_it_is_pointed_at(library: Chromium) -> None:
    last = "article:last-of-type"
    library.point_at("h1")
    assert library.evaluate(f"{PLAYED}.length") == 0
    assert colour_of(library, f"{last} .picture") == RED
    library.point_at(last)
    assert library.evaluate(f"{PLAYED}.length") == 1
    for index, colour in enumerate((RED, GREEN, BLUE)):
        library.evaluate(
            f"{PLAYED}.forEach(it => {{ it.pause(); it.currentTime = {280 * index + 140}; }})"
        )
        assert colour_of(library, f"{last} .picture") == colour
    library.point_at("h1")
    assert library.evaluate(f"{PLAYED}.length") == 0
    assert colour_of(library, f"{last} .picture") == RED


def test_a_frame_shows_nothing_of_its_neighbours(tmp_path: Path, browser: Chromium) -> None:
    it = report("three", RED, GREEN, BLUE)
    it["strip"]["poster"] = 1
    browser.open(written(tmp_path, it))
    browser.point_at("h1")
    picture = browser.picture("article .picture")
    box = (0, picture.height // 2, picture.width, picture.height // 2 + 1)
    assert {colour for _, colour in picture.crop(box).getcolors() or ()} == {GREEN}


def test_the_poster_is_the_frame_that_was_chosen(tmp_path: Path, browser: Chromium) -> None:
    it = report("third", RED, GREEN, BLUE)
    it["strip"]["poster"] = 2
    browser.open(written(tmp_path, it))
    browser.point_at("h1")
    assert colour_of(browser, "article .picture") == BLUE


def test_the_keyboard_reaches_everything(library: Chromium) -> None:
    library.evaluate("document.body.focus()")
    library.press("/")
    assert library.evaluate("document.activeElement.id") == "search"
    library.write("waves")
    library.press("Escape")
    assert library.evaluate(NAMES) == ["blur", "broken", "void", "Waves"]
    reached = set()
    for _ in range(40):
        library.press("Tab")
        reached.add(library.evaluate("document.activeElement.tagName"))
        if library.evaluate("document.activeElement.matches('article:last-of-type summary')"):
            break
    assert reached >= {"BUTTON", "SELECT", "SUMMARY"}
    assert library.evaluate(f"{PLAYED}.length") == 1
    library.press("Enter")
    assert library.evaluate("document.querySelector('article:last-of-type details').open")


def test_errors_quote_the_line(library: Chromium) -> None:
    text = library.evaluate("document.querySelector('article:has(.broken) details').textContent")
    assert "line 2 syntax error, unexpected '}'" in text
    assert library.evaluate("document.querySelector('.errors pre').textContent") == "  }\n  ^"


@pytest.mark.parametrize(
    ("column", "end", "mark"),
    [(3, 5, "  ^^"), (1, 0, "^"), (8, 99, "       ^"), (9, 0, ""), (0, 0, ""), (10**9, 0, "")],
)
def test_what_is_meant_is_marked(
    tmp_path: Path, browser: Chromium, column: int, end: int, mark: str
) -> None:
    told = problem("wrong", column=column, end=end, quote="0123456")
    browser.open(written(tmp_path, report("broken", problems=[told])))
    text = browser.evaluate("document.querySelector('pre').textContent")
    assert text == f"0123456\n{mark}"


HOSTILE = (
    "<script>window.hacked = 1</script>",
    "\"><img src=x onerror='window.hacked = 1'>",
    "'><svg onload=window.hacked=1>",
    "</article></main><b id=loose>",
    "&lt;b&gt; ${script} \udce9 \u202e",
)


def test_what_authors_write_is_text(tmp_path: Path, browser: Chromium) -> None:
    cards = []
    for words in HOSTILE:
        entry = {
            **dict.fromkeys(("description", "identity", "min", "max"), None),
            **dict.fromkeys(("name", "label", "type", "default"), words),
            "values": [1],
            "labels": [words],
        }
        drawn = {
            **dict.fromkeys(("name", "path", "description", "credit", "renderer"), words),
            "categories": [words],
            "keywords": [words],
            "inputs": [entry],
            "warnings": [problem(words, hint=words, quote=words)],
        }
        cards += [{**report("shown", RED), **drawn}]
        cards += [{**report("failed"), **drawn, "problems": [problem(words, quote=words)]}]
    browser.open(written(tmp_path, *cards))
    assert browser.evaluate("window.hacked") is None
    counts = "['article', 'article img', 'script', 'svg', '#loose', '[onerror]', '[src=x]']"
    expression = f"{counts}.map(it => document.querySelectorAll(it).length)"
    assert browser.evaluate(expression) == [2 * len(HOSTILE), len(HOSTILE), 1, 0, 0, 0, 0]
    shown = browser.evaluate(NAMES)
    assert {words.replace("\udce9", "?") for words in HOSTILE} == set(shown)
    for words in HOSTILE[:4]:
        assert search(browser, words) == [words, words]


def test_the_page_runs_no_script_but_its_own(tmp_path: Path, browser: Chromium) -> None:
    path = written(tmp_path, report("one", RED))
    smuggled = HOSTILE[0] + HOSTILE[1] + "<img src=https://example.invalid/x.png>"
    path.write_text(path.read_text("utf-8").replace("<main", smuggled + "<main"), "utf-8")
    browser.open(path)
    assert browser.evaluate("document.querySelectorAll('script').length") == 2
    assert browser.evaluate("window.hacked") is None
    assert browser.evaluate(NAMES) == ["one"]
    refused = [entry["entry"]["text"] for entry in browser.told("Log.entryAdded")]
    assert any("inline event handler" in text for text in refused)
    assert any("example.invalid" in text for text in refused)


def test_the_page_asks_nothing_of_anybody(library: Chromium) -> None:
    library.point_at("article")
    search(library, "a")
    urls = [it["request"]["url"] for it in library.told("Network.requestWillBeSent")]
    assert [url.split(":")[0] for url in urls if not url.startswith("data:")] == ["file"]
    assert library.told("Log.entryAdded") == []
    assert library.told("Runtime.consoleAPICalled") == []
    assert library.told("Runtime.exceptionThrown") == []

"""The page of a report in a real browser: filters work, and hostile words stay words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_support import Browser, browser
from page_support import INDEX, TEXT, report

from eval.page import page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(page(report(), INDEX, name="柳溪"), encoding="utf-8")
    return file


def bulletins(chromium: Browser) -> list[str]:
    return chromium.run(
        "[...document.querySelectorAll('.bulletin:not([hidden])')].map(b => b.dataset.name.slice(0, 5))"
    )


def errors(chromium: Browser) -> list[str]:
    """The errors in view, of bulletins in view."""
    return chromium.run(
        "[...document.querySelectorAll('.bulletin:not([hidden]) .faults tbody tr:not([hidden])')]"
        ".map(r => r.dataset.g + ' ' + r.dataset.k)"
    )


def test_hostile_words_stay_words(chromium: Browser, path: Path) -> None:
    chromium.open(path)
    assert chromium.run("document.title") == "柳溪 – jianbao evaluation"
    assert chromium.run("getComputedStyle(document.body).display") == "block"
    assert chromium.run("document.querySelector('.panes .text').textContent.trim()") == TEXT
    assert chromium.run("document.querySelectorAll('img').length") == 0
    # Nor does the page ask for anything, or complain.
    asked = [e["params"]["request"]["url"] for e in chromium.events if e["method"] == "Network.requestWillBeSent"]
    assert [url for url in asked if not url.startswith("about:")] == [path.as_uri()]
    assert not [e for e in chromium.events if e["method"] in ("Log.entryAdded", "Runtime.exceptionThrown")]


FILTERS = {
    "layer": ({"layer": "time"}, ["quiet"], ["time missed"]),
    "kind": ({"kind": "type"}, ['a"><s'], ["mention type"]),
    "layer and kind": ({"layer": "mention", "kind": "boundary"}, ['a"><s'], ["mention boundary"]),
    "nothing fits": ({"layer": "time", "kind": "value"}, [], []),
    "bureau": ({"bureau": "林业"}, ["quiet"], ["time missed"]),
    "genre": ({"genre": "news <i>report</i>", "kind": "spurious"}, ['a"><s'], ["quantity spurious"]),
    "words": ({"words": "林业局"}, ["quiet"], ["time missed"]),
    "order": ({"order": "worst", "layer": "quantity"}, ['a"><s'], ["quantity spurious"]),
}


@pytest.mark.parametrize(("chosen", "shown", "listed"), FILTERS.values(), ids=FILTERS)
def test_filters(chromium: Browser, path: Path, chosen: dict[str, str], shown: list[str], listed: list[str]) -> None:
    chromium.open(path)
    assert len(bulletins(chromium)) == 2
    for name, value in chosen.items():
        chromium.choose(name, value)
    assert bulletins(chromium) == shown
    assert errors(chromium) == listed
    assert chromium.run("document.getElementById('count').textContent") == (
        f"{len(listed)} errors in {len(shown)} of 2 bulletins"
    )
    # The address keeps the view.
    fragment = chromium.run("location.hash")
    chromium.open(path, fragment)
    assert (bulletins(chromium), errors(chromium)) == (shown, listed)


def test_the_worst_come_first_if_asked_for(chromium: Browser, path: Path) -> None:
    chromium.open(path)
    first = "document.querySelector('.bulletin').dataset.figure <= document.querySelector('.bulletin + .bulletin').dataset.figure"
    assert chromium.run(first) is False
    chromium.choose("order", "worst")
    assert chromium.run(first) is True
    chromium.choose("order", "name")
    assert chromium.run(first) is False


def test_only_items_of_the_layer_are_marked(chromium: Browser, path: Path) -> None:
    chromium.open(path)
    chromium.run("for (const b of document.querySelectorAll('.bulletin')) b.open = true; 0")
    colours = (
        "Object.fromEntries([...document.querySelectorAll('.text mark')]"
        ".map(m => [m.dataset.s, getComputedStyle(m).backgroundColor]))"
    )
    clear = "rgba(0, 0, 0, 0)"
    every = chromium.run(colours)
    assert {states for states, colour in every.items() if colour == clear} == {"time-right", "quantity-right"}
    chromium.choose("layer", "time")
    assert {s for s, colour in chromium.run(colours).items() if colour != clear} == {"time-missed"}
    chromium.choose("layer", "all")
    chromium.choose("kind", "type")
    assert {s for s, colour in chromium.run(colours).items() if colour != clear} == {"mention-type"}


def test_a_pattern_leads_to_its_bulletin_and_an_item_tells_what_it_says(chromium: Browser, path: Path) -> None:
    chromium.resize(390, 800)
    chromium.open(path)
    chromium.click(".patterns tr[data-g=time] a")
    assert chromium.run("[...document.querySelectorAll('.bulletin')].map(b => b.open)") == [False, True]
    chromium.click(".bulletin[open] mark[data-s~=time-missed]")
    assert chromium.run("document.querySelector('#note p').innerText") == "time · text 5月20日 · missed"
    chromium.click("#note button")
    assert chromium.run("document.getElementById('note').hidden") is True


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_is_wider_than_the_screen(width: int, chromium: Browser, path: Path) -> None:
    chromium.resize(width, 800)
    chromium.open(path)
    chromium.run("for (const b of document.querySelectorAll('.bulletin')) b.open = true; 0")
    assert chromium.run("document.documentElement.scrollWidth") <= width

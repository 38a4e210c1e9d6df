"""The report in a real browser: it plays, it can be dragged along, it fits a phone, and it works without scripts."""

import shutil
import time
from importlib.util import find_spec
from pathlib import Path

import pytest
import report_small as made

from sims.report.gather import gather
from sims.report.page import page
from sims.report.statistics import comparisons

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER and find_spec("selenium")),
    reason="needs chromium, its driver and selenium",
)
OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
TITLE = "<script>document.title='owned'</script>"
PATIENCE_S = 20.0


def browser(scripts: bool = True):
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for option in OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if not scripts:
        setting = {"profile.managed_default_content_settings.javascript": 2}
        options.add_experimental_option("prefs", setting)
    return webdriver.Chrome(options=options, service=Service(DRIVER))


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    """The report of a study with two settings of three seeds."""
    folder = made.study(tmp_path_factory.mktemp("report") / "s", 3, made.uneven, TITLE, TITLE)
    material = gather(folder)
    path = folder / "report.html"
    path.write_text(page(material, comparisons(material)))
    return path


@pytest.fixture(scope="module")
def window():
    driver = browser()
    yield driver
    driver.quit()


@pytest.fixture
def opened(window, file):
    """The page as it is on a desk, its first player awake and still."""
    return open_at(window, file, 1280)


def open_at(driver, file: Path, width: int):
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    still = {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", still)
    driver.get(file.as_uri())
    see(driver, "canvas")
    until(lambda: ask(driver, "return document.querySelector('output').textContent"))
    return driver


def ask(driver, script: str, *arguments):
    return driver.execute_script(script, *arguments)


def see(driver, selector: str) -> None:
    """Brings something into view."""
    ask(driver, "document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", selector)


def until(holds) -> None:
    """Waits until something holds."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.05)


def picture(driver) -> str:
    return ask(driver, "return document.querySelector('canvas').toDataURL()")


def moment(driver) -> float:
    return float(ask(driver, "return document.querySelector('.player input').value"))


def click(driver, selector: str) -> None:
    ask(driver, "document.querySelector(arguments[0]).click()", selector)


def drag_to(driver, share: float) -> None:
    ask(
        driver,
        "const it = document.querySelector('.player input'); it.value = arguments[0];"
        "it.dispatchEvent(new Event('input', {bubbles: true}))",
        share,
    )


def test_it_opens_without_an_error_and_asks_for_no_other_file(opened):
    assert [line for line in opened.get_log("browser") if line["level"] == "SEVERE"] == []
    assert ask(opened, "return performance.getEntriesByType('resource').length") == 0


def test_a_title_that_is_a_script_is_only_words(opened):
    assert opened.title == TITLE
    assert ask(opened, "return document.querySelector('h1').textContent") == TITLE


def test_played_it_moves_and_stopped_it_stands_still(opened):
    first = picture(opened)
    assert moment(opened) == 0.0
    click(opened, ".play")
    until(lambda: moment(opened) > 0.2)
    click(opened, ".play")
    at, later = moment(opened), picture(opened)
    assert later != first
    time.sleep(0.2)
    assert (moment(opened), picture(opened)) == (at, later)


def test_it_can_be_dragged_along_and_the_line_over_the_foot_falls_goes_with_it(opened):
    seen = []
    for share in (0.0, 0.5, 1.0):
        drag_to(opened, share)
        line = "const it = document.querySelector('.now'); return [+it.getAttribute('x1'),"
        at, start, end = ask(opened, line + "+it.dataset.start, +it.dataset.end]")
        assert at == pytest.approx(start + share * (end - start))
        seen.append((picture(opened), ask(opened, "return document.querySelector('output').value")))
    assert len(set(seen)) == 3
    assert [words.partition(" s")[0] for _, words in seen] == ["0.0", "0.3", "0.6"]
    drag_to(opened, 0.5)
    assert picture(opened) == seen[1][0]


def test_slowed_down_it_takes_longer(opened):
    def passed(speed: str) -> float:
        click(opened, f'[data-speed="{speed}"]')
        drag_to(opened, 0.0)
        script = """
            const done = arguments[0], box = document.querySelector('.player input');
            const began = performance.now();
            document.querySelector('.play').click();
            const look = () => box.value > 0.6
                ? done(performance.now() - began) : requestAnimationFrame(look);
            requestAnimationFrame(look);"""
        took = opened.execute_async_script(script)
        click(opened, ".play")
        return took

    assert passed("0.25") > 1.5 * passed("1")


def test_the_animal_is_there_in_its_own_colours_on_its_own_ground(opened):
    drag_to(opened, 0.3)
    script = """
        const it = document.querySelector('canvas');
        const data = it.getContext('2d').getImageData(0, 0, it.width, it.height).data;
        const counts = {};
        for (let i = 0; i < data.length; i += 4) {
            const key = '#' + [0, 1, 2].map((k) => data[i + k].toString(16).padStart(2, '0')).join('');
            counts[key] = (counts[key] ?? 0) + 1;
        }
        return [counts, it.width * it.height];"""
    counts, pixels = ask(opened, script)
    from creatures.species import load_species

    look = load_species("velociraptor").look
    assert counts[look.body] > 0.01 * pixels
    assert counts[look.belly] > 0.002 * pixels
    soil = ask(
        opened, "return getComputedStyle(document.documentElement).getPropertyValue('--soil')"
    )
    assert counts[soil.strip()] > 0.05 * pixels


def test_the_best_seed_is_shown_when_it_is_asked_for(opened):
    visible = "return [...document.querySelectorAll('.take')].map((it) => it.offsetHeight > 0)"
    assert ask(opened, visible) == [True, False, True, False]
    click(opened, ".tabs button:nth-child(2)")
    assert ask(opened, visible) == [False, True, True, False]


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_wider_than_the_screen_and_every_figure_can_be_seen(window, file, width):
    driver = open_at(window, file, width)
    root = "const it = document.documentElement; return [it.scrollWidth, it.clientWidth]"
    needed, there = ask(driver, root)
    assert needed == there
    assert width - 20 < there <= width  # what is missing is the bar for scrolling down
    click(driver, ".tabs button:nth-child(1)")
    script = """
        return [...document.querySelectorAll('.figure')].filter((it) => it.checkVisibility())
            .map((it) => it.getBoundingClientRect()).map((box) => [box.width, box.height])"""
    sizes = ask(driver, script)
    assert len(sizes) == 12
    assert min(wide for wide, _ in sizes) >= 0.7 * min(width, 460)
    assert min(high for _, high in sizes) > 40
    wide, high = ask(
        driver,
        "const it = document.querySelector('canvas'); return [it.clientWidth, it.clientHeight]",
    )
    assert wide > 0.85 * min(width, 1120)
    assert high > 0.35 * wide


def test_without_scripts_the_strips_and_tables_are_there_and_no_dead_button(file):
    driver = browser(scripts=False)
    try:
        driver.get(file.as_uri())
        found = driver.find_elements("css selector", ".strip")
        assert [it.is_displayed() for it in found] == [True] * 4
        assert all(it.is_displayed() for it in driver.find_elements("css selector", "table"))
        buttons = driver.find_elements("css selector", "button")
        assert [it for it in buttons if it.is_displayed()] == []
    finally:
        driver.quit()


def test_printed_it_has_the_strips_of_all_its_walkers(opened):
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    script = """return ['.strip', '.player', 'nav'].map((name) =>
        [...document.querySelectorAll(name)].filter((it) => it.checkVisibility()).length)"""
    assert ask(opened, script) == [4, 0, 0]
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})

"""The lab in headless Chromium, as a learner would use it: every page, every check, every exercise answered rightly and
wrongly, tips moved by pointer and keys, models broken, IR and code opened. No message in the console, no request, no
horizontal scroll, no violation of accessibility, and it is ready in time.

check_lab.py PAGE.html [--screenshots FOLDER] [--pictures docs/lab/images]

Skipped, with exit code 77, where Chromium, its driver or Selenium are missing.
"""

import argparse
import base64
import pathlib
import shutil
import sys
import time

from check_page import SCHEMES, WIDTHS, Page, axe_script, barriers, webdriver
from lab_answers import ANSWERS

MOST_BYTES = 5_000_000
# A picture of each page for docs/lab: the element that is shown.
PICTURES = {"rmsnorm": ".twofigures", "rotary": ".panes", "frequencies": ".wide figure", "gqa": ".twofigures", "cache": ".stacked",
            "swiglu": ".twofigures", "block": ".wide figure", "fusion": ".fusionview", "whole": ".odds"}
# Its table says what broken models recall.
TOLD = pathlib.Path(__file__).parents[2] / "docs/lab/whole.md"


def wait_for(page: Page, what: str, script: str, seconds: float = 60) -> None:
    end = time.time() + seconds
    while not page.js(script):
        if time.time() > end:
            raise TimeoutError(what)
        time.sleep(0.02)


def verdict(page: Page, name: str) -> tuple[bool, str]:
    box = f"document.querySelector('[data-exercise={name}] .verdict')"
    wait_for(page, f"{name}: no verdict", f"return /good|bad/.test({box}.className)")
    return page.js(f"return [{box}.classList.contains('good'), {box}.textContent]")


def answer(page: Page, name: str, kind: str, value: str) -> tuple[bool, str]:
    page.js("""
        const [name, kind, value] = arguments, box = document.querySelector(`[data-exercise=${name}]`);
        box.querySelector('.verdict').className = 'verdict';
        if (kind === 'choose') box.querySelector(`[data-value="${value}"]`).click();
        else {
          box.querySelector(kind === 'code' ? 'textarea' : 'input').value = value;
          box.querySelector('.options button').click();
        }""", name, kind, value)
    return verdict(page, name)


def check_exercises(page: Page, answered: set[str]) -> None:
    for name, kind in page.js("return [...document.querySelectorAll('.exercise')].map(e => [e.dataset.exercise, e.dataset.kind])"):
        if name not in ANSWERS:
            page.expect(f"{name}: no answers to try", False)
            continue
        right, wrong, says = ANSWERS[name]
        good, text = answer(page, name, kind, wrong)
        page.expect(f"{name}: a wrong answer is taken, or {says!r} is not said: {text}", not good and says in text)
        page.expect(f"{name}: done before", not page.text(f"[data-exercise={name}] .done"))
        good, text = answer(page, name, kind, right)
        page.expect(f"{name}: the right answer is refused: {text}", good)
        page.expect(f"{name}: not marked as answered", page.text(f"[data-exercise={name}] .done") == "answered")
        answered.add(name)


def check_claims(page: Page, name: str) -> None:
    rows = page.js("return [...document.querySelectorAll('.checks tbody tr')].map(row => [row.className, row.textContent])")
    page.expect(f"{name}: no checks", len(rows) > 2)
    page.faults += [f"{name}: {text}" for kind, text in rows if kind != "holds"]


def check_compiler(page: Page, name: str) -> None:
    page.js("document.querySelectorAll('details').forEach(box => { box.open = true; })")
    wait_for(page, f"{name}: no IR", "return document.querySelectorAll('.passview .row').length > 3")
    wait_for(page, f"{name}: no code", "return [...document.querySelectorAll('.codes .viewer')].every(v => v.querySelectorAll('.row').length > 3)")
    before = page.text(".passview .soft")
    page.js("[...document.querySelectorAll('.passview button')].find(b => b.textContent === 'pass ›').click()")
    wait_for(page, f"{name}: no next pass", f"return document.querySelector('.passview .soft').textContent !== {before!r}")
    wait_for(page, f"{name}: a pass changes nothing", "return document.querySelectorAll('.passview .added, .passview .removed, .passview .retargeted').length > 0")
    page.expect(f"{name}: no definitions", page.js("return [...document.querySelectorAll('.source pre')].every(pre => pre.textContent.includes('\\n'))"))


def told_recall() -> dict[str, int]:
    rows = [line.strip("| ").split(" | ") for line in TOLD.read_text(encoding="utf-8").split("\n") if " of 11 |" in line]
    return {row[0]: int(row[1].split()[0]) for row in rows}


def check_breaks(page: Page, name: str, told: dict[str, int]) -> None:
    page.js("document.querySelector('.break').click()")
    wait_for(page, f"{name}: not broken in time", "return !document.querySelector('.break').disabled")
    rows = page.js("return [...document.querySelectorAll('.broken tbody tr')].map(row => [...row.children].map(c => c.textContent))")
    recall = {what: int(count.split()[0]) for what, count, _ in rows}
    page.expect(f"{name}: nothing is broken", len(recall) > 1)
    page.faults += [f"{TOLD.name}: {what} is told as {told.get(what)}, and is {count}" for what, count in recall.items() if told.get(what) != count]
    texts = {what: text for what, _, text in rows}
    if "every position 100 higher" in texts:
        page.expect("a shift of positions changes the text", texts["every position 100 higher"] == texts["nothing"])


def drag(page: Page, kind: str) -> list[str]:
    """What the tip of the first word says before and after a mouse or a finger pulled it 30 pixels up."""
    tip = "document.querySelector('.panes .tipdot.q')"
    before = page.js(f"{tip}.scrollIntoView({{block: 'center'}}); return {tip}.getAttribute('aria-valuetext')")
    x, y = page.js(f"const box = {tip}.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]")
    for step in range(7):
        at = {"x": x, "y": y - 6 * min(step, 5)}
        if kind == "mouse":
            name = "mousePressed" if step == 0 else "mouseReleased" if step == 6 else "mouseMoved"
            page.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": name, "button": "left", "buttons": 1, "clickCount": 1, **at})
        else:
            name = "touchStart" if step == 0 else "touchEnd" if step == 6 else "touchMove"
            page.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": name, "touchPoints": [] if step == 6 else [at]})
    return [before, page.js(f"return {tip}.getAttribute('aria-valuetext')")]


def products(page: Page) -> list[str]:
    return page.js("return [...document.querySelectorAll('.facts-of tbody tr')].map(row => row.children[1].textContent)")


def check_rotary(page: Page) -> None:
    for kind in ("mouse", "touch"):
        before, after = drag(page, kind)
        page.expect(f"a {kind} moves no word", before != after)
    first = products(page)
    page.js("document.querySelector('.panes .tipdot.k').focus()")
    page.press("\ue012")  # the left arrow
    page.expect("keys move no word", products(page) != first)
    first = products(page)
    page.js("[...document.querySelectorAll('.group button')].find(b => b.textContent === '+10').click()")
    moved = products(page)
    same = abs(float(first[1]) - float(moved[1])) < 0.001
    page.expect(f"moving both: {first} became {moved}", same and first[0] == moved[0] and first[2] != moved[2])
    told = page.js("return [...document.querySelectorAll('.facts-of tbody tr')].map(row => row.children[2].textContent)")
    page.expect(f"before both moved: {told}, and it was {first}", told == first)
    pairs = "return [...document.querySelectorAll('.layouts text.own')].map(text => text.textContent)"
    page.expect("pair 2 is not shown in both layouts", page.js(pairs) == ["2"] * 4)
    page.select("layout", 1)
    page.expect("layout interleaved does not stand out", page.js("return document.querySelectorAll('.layouts text.chosen')[0].textContent") == "interleaved")


def check_whole(page: Page) -> None:
    wait_for(page, "no attention", "return document.querySelectorAll('.attending .word').length > 100")
    said, shades = page.text(".attending .soft"), "return [...document.querySelectorAll('.attending .word')].map(word => word.style.cssText)"
    before = page.js(shades)
    page.js("document.querySelectorAll('.attending .word')[5].click()")
    page.expect("a token that is clicked is not read", page.text(".attending .soft") != said and page.text(".attending .read") == page.js("return document.querySelectorAll('.attending .word')[5].textContent"))
    page.expect("tokens that are not read yet have weights", page.js("return document.querySelectorAll('.attending .later').length") == len(before) - 6)
    shown = page.js(shades)
    page.js("const select = document.querySelectorAll('.attending select')[1]; select.selectedIndex = 5; select.dispatchEvent(new Event('change'))")
    page.expect("another head attends alike", page.js(shades) != shown != before)


def check_progress(page: Page) -> None:
    """Text that is copied out in one browser, and pasted into another that has nothing."""
    page.js("document.querySelector('#progress details').open = true")
    wait_for(page, "no progress as text", "return document.querySelector('#progress textarea').value.length > 100")
    kept = page.js("return document.querySelector('#progress textarea').value")
    page.js("localStorage.clear()")
    page.open("#page=swiglu")
    page.expect("progress is there without storage", not page.text(".done"))
    page.js("document.querySelector('#progress details').open = true")
    wait_for(page, "no progress box", "return document.querySelector('#progress [role=status]').textContent !== ''")
    for text, says in (("half a tex", "not the progress"), (kept, f"Exercises answered: {len(ANSWERS)}.")):
        page.js("document.querySelector('#progress textarea').value = arguments[0]; document.querySelectorAll('#progress button')[1].click()", text)
        wait_for(page, f"progress does not say {says!r}", f"return document.querySelector('#progress [role=status]').textContent.includes({says!r})")
    page.expect("pasted progress is not shown", page.text(".done") == "answered")
    code = page.js("return document.querySelector('[data-exercise=swiglu-code] textarea').value")
    page.expect(f"code is not kept: {code}", code == ANSWERS["swiglu-code"][0])


def check_cache(page: Page) -> None:
    words = page.js("return document.querySelectorAll('.word').length")
    page.js("[...document.querySelectorAll('button')].find(b => b.textContent === '10 tokens').click()")
    page.expect("no tokens are made", page.js("return document.querySelectorAll('.word').length") == words + 10)
    kept = page.js("return [...document.querySelectorAll('.stacked svg')].map(svg => svg.querySelectorAll('.kept').length)")
    page.expect(f"keys in the pictures: {kept}", kept == [0, words + 9])


def check_looks(page: Page, name: str, axe: str | None, folder: pathlib.Path | None) -> None:
    for scheme in SCHEMES:
        for width in WIDTHS:
            page.resize(width, scheme)
            wide = page.js("return document.documentElement.scrollWidth")
            page.expect(f"{name}, {scheme}, {width}: {wide} pixels wide", wide <= width)
            page.faults += [f"{name}, {scheme}, {width}: {fault}" for fault in barriers(page, axe)]
            if folder:
                shot = page.driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})["data"]
                (folder / f"{name}-{scheme}-{width}.png").write_bytes(base64.b64decode(shot))
    page.resize(1440, "light")


def check(path: pathlib.Path, slow: float, folder: pathlib.Path | None, pictures: pathlib.Path | None) -> list[str]:
    page = Page(path)
    answered: set[str] = set()
    told, axe = told_recall(), axe_script()
    try:
        page.expect(f"{path.stat().st_size} bytes", path.stat().st_size <= MOST_BYTES)
        page.resize(1440, "light")
        page.open()
        ready = int(page.js("return document.body.dataset.ready")) / 1000
        page.expect(f"ready after {ready:.2f} s", ready < 2 * slow)
        page.expect("it does not begin with the three panes", page.js("return document.querySelector('.panes').querySelectorAll('svg').length") == 3)
        names = page.js("return [...document.querySelectorAll('#pages a')].map(a => a.hash.split('=')[1])")
        for name in names:
            page.js("location.hash = `#page=${arguments[0]}`", name)
            wait_for(page, name, f"return document.body.dataset.state === 'ready' && location.hash.endsWith('={name}') && !!document.querySelector('#pages a[href$={name}][aria-current]')")
            check_claims(page, name)
            if pictures and name in PICTURES:
                page.driver.find_element("css selector", PICTURES[name]).screenshot(str(pictures / f"{name}.png"))
            {"rotary": check_rotary, "cache": check_cache, "whole": check_whole}.get(name, lambda _: None)(page)
            check_exercises(page, answered)
            check_compiler(page, name)
            check_breaks(page, name, told)
            check_looks(page, name, axe, folder)
        page.expect(f"not found: {ANSWERS.keys() - answered}", answered == ANSWERS.keys())
        page.open()
        page.expect("progress is not kept", page.text(".done") == "answered")
        check_progress(page)
        requests = page.js("return performance.getEntriesByType('resource').map(r => r.name).filter(n => !/^(data|blob|file):/.test(n))")
        page.faults += [f"asks for {name}" for name in requests]
        page.faults += [f"console: {entry['message']}" for entry in page.driver.get_log("browser")]
        print(f"ready in {ready:.2f} s, {path.stat().st_size / 1e6:.1f} MB, {len(names)} pages, {len(answered)} exercises")
    finally:
        page.driver.quit()
    return page.faults


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("page", type=pathlib.Path)
    parser.add_argument("--slow", type=float, default=1, help="factor on the limits of time, for busy machines")
    parser.add_argument("--screenshots", type=pathlib.Path)
    parser.add_argument("--pictures", type=pathlib.Path, help="where to write the pictures of docs/lab")
    given = parser.parse_args()
    if not webdriver or not shutil.which("chromium") or not shutil.which("chromedriver"):
        print("SKIPPED: chromium, chromium-driver or python3-selenium is missing")
        return 77
    faults = check(given.page, given.slow, given.screenshots, given.pictures)
    print(*faults, sep="\n")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())

"""A report opened in headless Chromium, as an engineer would: steps by keyboard, searches, pins a value, follows a
kernel to its assembly, switches fusion sets. No message in the console, no request, no horizontal scroll, nothing
slow, no violation of accessibility.

check_page.py PAGE.html [--screenshots FOLDER]
check_page.py PAGE.html --pictures docs/images: only makes the pictures of the documentation
check_page.py --criac CRIAC --model MODEL: of a report made here

Skipped, with exit code 77, where Chromium, its driver or Selenium are missing.
"""

import argparse
import base64
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.append("/usr/lib/python3/dist-packages")  # Debian's Selenium, whichever Python runs this
try:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
except ImportError:
    webdriver = None

WIDTHS = (360, 768, 1440)
SCHEMES = ("light", "dark")
ACCESSIBLE = pathlib.Path(__file__).with_name("accessible.js")


class Page:
    """The page in a browser; `faults` are found on the way."""

    def __init__(self, path: pathlib.Path):
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium")
        for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(service=Service(shutil.which("chromedriver")), options=options)
        self.driver.set_script_timeout(180)
        self.url = path.resolve().as_uri()
        self.faults: list[str] = []

    def js(self, script: str, *arguments):
        return self.driver.execute_script(script, *arguments)

    def wait(self) -> None:
        end = time.time() + 60
        while self.js("return document.body.dataset.state") != "ready" or self.js("return !document.body.dataset.ready"):
            if time.time() > end:
                raise TimeoutError(f"not ready: {self.js('return location.hash')}")
            time.sleep(0.01)

    def open(self, address: str = "") -> None:
        self.driver.get("about:blank")
        self.driver.get(self.url + address)
        self.wait()

    def resize(self, width: int, scheme: str) -> None:
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 700}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)

    def press(self, keys: str) -> None:
        self.driver.switch_to.active_element.send_keys(keys)
        self.wait()

    def text(self, selector: str) -> str:
        return self.js("return document.querySelector(arguments[0])?.textContent ?? ''", selector)

    def select(self, label: str, at: int) -> None:
        """Chooses the option `at` of the select with `label`."""
        self.js(
            """const field = [...document.querySelectorAll('.field')].find(f => f.textContent.startsWith(arguments[0]));
            const select = field.querySelector('select');
            select.selectedIndex = arguments[1]; select.dispatchEvent(new Event('change'));""",
            label, at)
        self.wait()

    def picture(self, path: pathlib.Path) -> None:
        shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {})["data"]
        path.write_bytes(base64.b64decode(shot))

    def expect(self, what: str, good: bool) -> None:
        if not good:
            self.faults.append(what)


def check_speed(page: Page, slow: float) -> None:
    page.open()
    ready = int(page.js("return document.body.dataset.ready")) / 1000
    page.expect(f"ready after {ready:.2f} s", ready < 2 * slow)
    times = page.js("return performance.getEntriesByName('step').map(e => e.duration)")
    print(f"ready in {ready:.2f} s, {len(times)} steps shown")


def check_passes(page: Page, slow: float) -> None:
    page.open("#view=passes")
    page.press("j")
    first = page.text(".phases [aria-current] .pass")
    longest = 0.0
    for _ in range(12):
        page.press("j")
        longest = max(longest, page.js("return performance.getEntriesByName('step').at(-1).duration") / 1000)
    page.expect("j does not step", page.text(".phases [aria-current] .pass") != first or "step=" in page.js("return location.hash"))
    page.expect(f"a step took {longest:.2f} s", longest < 0.5 * slow)
    print(f"slowest of 12 steps: {longest:.2f} s")
    page.press("n")
    page.expect("n does not go to a change", page.js("return !!document.querySelector('.row.current')"))
    page.press("/")
    page.press("kernel")
    page.expect("nothing found", page.text(".group output").endswith("found") and page.text(".group output")[0] != "0")
    page.press(Keys.ESCAPE)
    page.js("document.querySelector('.row .value[data-nth]').click()")
    page.expect("nothing pinned", "defined" in page.text(".pinfacts").lower())
    place = page.js("return location.hash")
    page.expect(f"the address has no line and name: {place}", "line=" in place and "name=" in place)
    page.open(place)
    page.expect("the address does not lead back", "defined" in page.text(".pinfacts").lower())


def check_followed(page: Page) -> None:
    """A value is pinned, and its block followed to the line of the spec and from there to the assembly."""
    page.open("#view=passes")
    step = page.js("return JSON.parse(document.getElementById('report').textContent).steps.find(s => s.pass === 'cria-choose-schedule').id")
    page.open(f"#view=passes&step={step}")
    page.select("show", 1)
    page.js(
        """const box = document.getElementById('find');
        box.value = 'cria.linear'; box.dispatchEvent(new Event('input'));""")
    page.wait()
    page.js("[...document.querySelectorAll('.row.marked')].find(row => row.textContent.includes('= cria.linear')).querySelector('.value[data-nth]').click()")
    block = page.js("return [...document.querySelectorAll('.pinfacts h2')].at(-1).textContent")
    page.expect(f"a pinned value comes from no block: {block}", block.startswith("model."))
    follow = "[...document.querySelectorAll('.pinfacts')].at(-1).querySelectorAll('button')"
    page.js(f"{follow}[0].click()")
    page.wait()
    page.expect("the block is not in the spec", page.js("return document.querySelector('.row.traced.current')?.textContent.includes('{.')"))
    page.js("document.querySelector('.row.traced .gutter').click()")
    page.wait()
    page.js(f"[...{follow}].at(-1).click()")
    page.wait()
    line = page.text(".row.traced.current")
    page.expect(f"the block is not in the assembly: {line}", line.strip().endswith(":") and "." in line)


def check_kernels(page: Page) -> None:
    page.open("#view=kernels")
    page.js("document.querySelector('.graph .box').focus()")
    page.press(Keys.ENTER)
    name = page.text(".detail h2")
    page.expect("no code of the kernel", page.js("return document.querySelectorAll('.detail .row').length") > 2)
    page.js("[...document.querySelectorAll('.detail button')].find(b => b.textContent === 'assembly').click()")
    page.wait()
    page.expect(f"no assembly of {name}", f"{name}:" in page.text(".detail .rows"))
    page.expect("no bytes on edges", any(page.js("return [...document.querySelectorAll('.edge text')].map(e => /B$/.test(e.textContent))")))


def check_fusions(page: Page) -> None:
    page.open("#view=fusions")
    before = page.text(".sets table")
    page.select("right", 0)
    page.expect("a switch of sets changes nothing", page.text(".sets table") != before)
    page.select("left", 1)
    page.expect("no IR of two sets", page.js("return document.querySelectorAll('.sets .row.removed, .sets .row.added').length") > 0)
    compared = page.text(".sets .changes")
    page.press("n")
    page.expect("n does not go to a difference of sets", page.js("return !!document.querySelector('.sets .row.current')"))
    page.js("document.querySelectorAll('.sets .switches')[1].querySelector('input:not(:disabled)').click()")
    page.wait()
    page.expect("a switch of one fusion changes nothing", page.text(".sets .changes") != compared)
    page.expect("the switch lost the focus", page.js("return document.activeElement.type") == "checkbox")
    page.open("#view=fusions&left=0&right=0")
    page.expect("the same set differs from itself", compared != page.text(".sets .changes") and ": 0 added, 0 removed" in page.text(".sets .changes"))


def check_looks(page: Page, axe: str | None, views: list[str], folder: pathlib.Path | None) -> None:
    for scheme in SCHEMES:
        for width in WIDTHS:
            page.resize(width, scheme)
            for view in views:
                page.open(f"#view={view}")
                wide = page.js("return document.documentElement.scrollWidth")
                page.expect(f"{view}, {scheme}, {width}: {wide} pixels wide", wide <= width)
                if folder:
                    page.picture(folder / f"{view}-{scheme}-{width}.png")
                page.faults += [f"{view}, {scheme}, {width}: {fault}" for fault in barriers(page, axe)]


def barriers(page: Page, axe: str | None) -> list[str]:
    """What keeps a reader out of the page as it is shown."""
    found = page.js(ACCESSIBLE.read_text())
    if axe:
        page.js(axe)
        violations = page.driver.execute_async_script("axe.run().then(arguments[0])")["violations"]
        found += [f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:120]}" for v in violations]
    return found


def axe_script() -> str | None:
    try:
        import axe_core_python
    except ImportError:
        print("axe-core-python is missing: accessibility is checked by our own rules alone")
        return None
    return next(pathlib.Path(axe_core_python.__file__).parent.rglob("axe.min.js")).read_text()


def make_pictures(path: pathlib.Path, folder: pathlib.Path) -> None:
    page = Page(path)
    try:
        page.resize(1440, "light")
        page.open("#view=kernels")
        page.picture(folder / "report-kernels.png")
        page.open("#view=passes")
        page.js("document.querySelector('.phases button[title^=cria-fuse-norm-into-linear]').click()")
        page.wait()
        page.picture(folder / "report-passes.png")
    finally:
        page.driver.quit()


def check(path: pathlib.Path, slow: float, folder: pathlib.Path | None) -> list[str]:
    page = Page(path)
    try:
        page.resize(1440, "light")
        check_speed(page, slow)
        views = page.js("return [...document.querySelectorAll('#views a')].map(a => a.hash.split('=')[1])")
        if "passes" in views:
            check_passes(page, slow)
            check_followed(page)
            check_kernels(page)
        if "fusions" in views:
            check_fusions(page)
        check_looks(page, axe_script(), views, folder)
        requests = page.js("return performance.getEntriesByType('resource').map(r => r.name).filter(n => !/^(data|blob|file):/.test(n))")
        page.faults += [f"asks for {name}" for name in requests]
        page.faults += [f"console: {entry['message']}" for entry in page.driver.get_log("browser")]
    finally:
        page.driver.quit()
    return page.faults


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("page", nargs="?", type=pathlib.Path)
    parser.add_argument("--criac")
    parser.add_argument("--model")
    parser.add_argument("--slow", type=float, default=1, help="factor on the limits of time, for busy machines")
    parser.add_argument("--screenshots", type=pathlib.Path)
    parser.add_argument("--pictures", type=pathlib.Path)
    given = parser.parse_args()
    if not webdriver or not shutil.which("chromium") or not shutil.which("chromedriver"):
        print("SKIPPED: chromium, chromium-driver or python3-selenium is missing")
        return 77
    if given.pictures:
        make_pictures(given.page, given.pictures)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        page = given.page
        if not page:
            page = pathlib.Path(folder) / "report.html"
            subprocess.run([given.criac, given.model, f"--report={page}", "-o", f"{folder}/program"], check=True)
        faults = check(page, given.slow, given.screenshots)
    print(*faults, sep="\n")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())

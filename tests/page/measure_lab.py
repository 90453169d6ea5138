"""How fast the lab is: ready after how long, and tokens a second in the page and natively on one thread, in turns.

measure_lab.py PAGE.html --bench build/release/bin/cria-bench [--rounds 9]

Run it on a machine with nothing else to do; docs/lab/README.md has the figures.
"""

import argparse
import json
import pathlib
import statistics
import subprocess

from check_lab import wait_for
from check_page import Page

STORIES = pathlib.Path(__file__).parents[2] / "models/stories"
SPEED = "return /made, ([\\d,]+) a second/.exec(document.querySelector('.speed').textContent)?.[1] ?? ''"


def speed_in_page(page: Page) -> float:
    """Of the 120 tokens that the page makes after its own prompt of 17."""
    page.js("document.querySelector('.speed').textContent = ''; document.querySelector('.write').click()")
    wait_for(page, "no speed", SPEED)
    return float(page.js(SPEED).replace(",", ""))


def speed_of_program(bench: str) -> float:
    """Of as many tokens after as many."""
    text = subprocess.run([bench, STORIES, "--threads=1", "--context=17", "--tokens=120", "--prompt=17", "--repeats=3", "--json=-"],
                          check=True, capture_output=True, text=True).stdout
    decode = next(one for one in json.loads(text)["measurements"] if one["entry"] == "decode")
    return decode["tokens"] / min(decode["seconds"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", type=pathlib.Path)
    parser.add_argument("--bench", required=True)
    parser.add_argument("--rounds", type=int, default=9)
    given = parser.parse_args()
    page = Page(given.page)
    ready, inside, native = [], [], []
    try:
        for _ in range(given.rounds):
            page.open()
            ready.append(int(page.js("return document.body.dataset.ready")) / 1000)
        page.open("#page=whole")
        wait_for(page, "no text", SPEED)
        for _ in range(given.rounds):
            inside.append(max(speed_in_page(page) for _ in range(3)))
            native.append(speed_of_program(given.bench))
    finally:
        page.driver.quit()
    for what, values, unit in (("ready", ready, "s"), ("page", inside, "tokens/s"), ("native, one thread", native, "tokens/s")):
        print(f"{what}: median {statistics.median(values):.2f}, from {min(values):.2f} to {max(values):.2f} {unit}")
    print(f"page / native: {statistics.median(a / b for a, b in zip(inside, native)):.2f}")


if __name__ == "__main__":
    main()

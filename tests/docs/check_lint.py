"""The lint finds each kind of fault, and only faults."""

import subprocess
import sys
import tempfile
from pathlib import Path

LINT = Path(__file__).with_name("lint.py")
LONG = "word " * 30
GOOD = f"""# A page

A [link](docs/other.md#second-part), [itself](#a-page), <https://example.org> and `[no](link)`.

| {LONG} |
|---|

```
{LONG} \t[no](link)
```

    {LONG}

- item

  [continued
  link](docs/other.md)
"""
FAULTS = {
    LONG.strip() + "\n": "page.md:1: 149 columns",
    "word \n": "page.md:1: trailing space",
    "a\tb\n": "page.md:1: tab",
    "\n[x](missing.md)\n": "page.md:2: missing.md: there is no such file",
    "[x](docs/other.md#third)\n": "page.md:1: docs/other.md#third: there is no such heading",
    "[x](#b)\n\n# A\n": "page.md:1: #b: there is no such heading",
    "[x](/etc/passwd)\n": "page.md:1: /etc/passwd: is outside of the repository",
    "- item\n\n  " + LONG.strip() + "\n": "page.md:3: 151 columns",
}


def lint(page: str) -> tuple[int, str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "docs").mkdir()
        (folder / "docs/other.md").write_text("# Other\n\n## Second `part`\n")
        (folder / "index.md").write_text("[other](docs/other.md)\n")
        (folder / "page.md").write_text(page)
        done = subprocess.run([sys.executable, LINT, folder], capture_output=True, text=True)
        return done.returncode, done.stdout


assert lint(GOOD) == (0, "3 pages, no faults\n"), lint(GOOD)
for page, fault in FAULTS.items():
    code, text = lint(page)
    assert code == 1 and text.startswith(fault) and text.count("\n") == 1, (page, text)
with tempfile.TemporaryDirectory() as name:
    (Path(name) / "docs").mkdir()
    (Path(name) / "docs/lonely.md").write_text("# Lonely\n")
    done = subprocess.run([sys.executable, LINT, name], capture_output=True, text=True)
    assert done.returncode == 1 and "lonely.md: no other page links to it" in done.stdout, done.stdout

"""Man pages and completions have every flag of every tool: check_help_pages.py GENERATOR TOOL...

Completions of bash are run; those of zsh and fish are parsed where these shells are installed."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def run(*command) -> subprocess.CompletedProcess:
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    assert done.returncode == 0, f"{command}: {done.returncode}\n{done.stderr}"
    return done


def flags_of(tool: Path) -> list[str]:
    """What stands at the beginning of indented lines of --help: -f, --flag."""
    found = []
    for line in run(tool, "--help").stdout.split("\n"):
        if match := re.match(r"  (-[^ ,=\[]+(?:, -[^ ,=\[]+)*)", line):
            found += match[1].split(", ")
    return [name for name in found if name.islower()]


def complete(script: Path, name: str, word: str) -> list[str]:
    function = "_" + name.replace("-", "_")
    return run("bash", "-c", f"source '{script}'; COMP_WORDS=({name} '{word}'); COMP_CWORD=1; "
               f"{function}; printf '%s\\n' \"${{COMPREPLY[@]}}\"").stdout.split()


def check(tool: Path, folder: Path) -> int:
    name, flags = tool.name, flags_of(tool)
    assert "--version" in flags or "--help-list" in flags, f"{name}: {flags}"
    man = (folder / f"man1/{name}.1").read_text().replace("\\-", "-")
    zsh, fish = (folder / f"zsh/_{name}").read_text(), (folder / f"fish/{name}.fish").read_text()
    for flag in flags:
        assert re.search(rf"^\.B (.*, )?{flag}\b", man, re.MULTILINE), f"{name}.1 lacks {flag}"
        assert re.search(rf"^  '{flag}[=\[]", zsh, re.MULTILINE), f"zsh/_{name} lacks {flag}"
        kind = "-l" if flag.startswith("--") else "-s" if len(flag) == 2 else "-o"
        assert re.search(rf" {kind} {flag.lstrip('-')} ", fish), f"fish/{name}.fish lacks {flag}"
        offered = complete(folder / f"bash/{name}", name, flag)
        assert flag in offered or f"{flag}=" in offered, f"bash/{name} lacks {flag}: {offered}"
    assert not complete(folder / f"bash/{name}", name, "--no-such-flag")
    if shutil.which("man"):
        warned = run("man", "--warnings", "-l", folder / f"man1/{name}.1").stderr
        assert not warned, f"{name}.1: {warned}"
    for shell, script in (("zsh", f"zsh/_{name}"), ("fish", f"fish/{name}.fish")):
        if shutil.which(shell):
            run(shell, "-n", folder / script)
        else:
            print(f"{name}: {shell} is not installed, {script} is not parsed")
    return len(flags)


def main() -> None:
    generator, *tools = map(Path, sys.argv[1:])
    with tempfile.TemporaryDirectory() as name:
        run(sys.executable, generator, name, *tools)
        for tool in tools:
            print(f"{tool.name}: {check(tool, Path(name))} flags")


main()

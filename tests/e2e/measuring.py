"""Running tools that measure, for their tests."""

import functools
import json
import os
import re
import signal
import subprocess
import tempfile
from pathlib import Path

import running

run = functools.partial(running.run, timeout=600)

INTERRUPTED = 128 + signal.SIGINT


def refused(*command, code: int, words: str) -> None:
    """One line on standard error that has `words`, and nothing else."""
    done = run(*command, code=code)
    tool = Path(command[0]).name
    assert re.fullmatch(f"{tool}: error: .*{re.escape(words)}.*\n", done.stderr), done.stderr
    assert not done.stdout, done.stdout


def interrupt(command: list, when: str) -> tuple[str, dict]:
    """Interrupts the command once its progress says `when`: the text and the JSON that it leaves."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "partial.json"
        child = subprocess.Popen([*map(str, command), "--progress", f"--json={path}"], text=True,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for line in child.stderr:
            if line.startswith(when):
                break
        else:
            raise AssertionError(f"{command}: never said {when}")
        child.send_signal(signal.SIGINT)
        text, _ = child.communicate(timeout=600)
        assert child.returncode == INTERRUPTED, child.returncode
        assert os.listdir(folder) == [path.name], "a half-written file"
        found = json.loads(path.read_text())
    assert found["interrupted"] and "(interrupted)" in text
    return text, found


def refuses_to_write(*command) -> None:
    """A file that cannot be written is refused before any work."""
    with tempfile.TemporaryDirectory() as folder:
        for path in (Path(folder), Path(folder) / "absent" / "file"):
            done = run(*command, path, "--progress", code=1)
            assert done.stderr.count("\n") == 1 and str(path) in done.stderr, done.stderr
        assert not os.listdir(folder)

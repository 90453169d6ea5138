"""Shows that run.py sees what is wrong: `python3 test_run.py`. Programs of a few lines take criac's place."""

import tempfile
import unittest
from pathlib import Path

import cases
import run

GOOD = "echo 'criac: error: config.json: hidden_size: 0' >&2; exit 1"


class RunCase(unittest.TestCase):
    """`script` is a shell script that is called as criac is: FOLDER -o OUT."""

    def faults(self, script: str, **fields) -> str:
        case = cases.Case("case", ["hidden_size"], **fields)
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder) / "criac"
            program.write_text("#!/bin/sh\n" + script + "\n")
            program.chmod(0o755)
            return "\n".join(run.run_case(case, str(program), "criac: error: ", compiles=True))

    def test_good(self):
        self.assertEqual(self.faults(GOOD), "")

    def test_success(self):
        self.assertIn("exit code 0", self.faults("exit 0"))

    def test_signal(self):
        self.assertIn("exit code -11", self.faults("kill -SEGV $$"))

    def test_exit_code_of_a_shell(self):
        self.assertIn("exit code 134", self.faults(GOOD.replace("exit 1", "exit 134")))

    def test_two_lines(self):
        self.assertIn("not one line", self.faults("echo more >&2; " + GOOD))

    def test_no_line(self):
        self.assertIn("not one line", self.faults("exit 1"))

    def test_beginning(self):
        self.assertIn("does not begin", self.faults("echo hidden_size >&2; exit 1"))

    def test_content(self):
        self.assertIn("does not say 'hidden_size'", self.faults(GOOD.replace("hidden_size", "size")))

    def test_file_left(self):
        self.assertIn("leaves out/model", self.faults('touch "$3"; ' + GOOD))

    def test_temporary_file_left(self):
        self.assertIn("leaves tmp/x", self.faults('touch "$TMPDIR/x"; ' + GOOD))

    def test_full_disk(self):
        self.assertEqual(self.faults('echo text 2>&- > "$3" || { rm "$3"; ' + GOOD + "; }", full_disk=True), "")

    def test_change_and_arguments(self):
        script = 'test "$(cat "$1/config.json") $4" = "text --flag" && ' + GOOD
        change = cases.write("config.json", "text")
        self.assertEqual(self.faults(script, change=change, args=("--flag",)), "")


class Table(unittest.TestCase):
    def test_names_differ(self):
        names = [case.name for case in cases.CRIAC + cases.EXECUTABLE]
        self.assertEqual(len(names), len(set(names)))


if __name__ == "__main__":
    unittest.main()

"""Running programs, for the tests beside it."""

import subprocess


def run(*command, code: int = 0, **options) -> subprocess.CompletedProcess:
    """Fails unless the exit code is CODE; OPTIONS are those of subprocess.run."""
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    done = subprocess.run([str(c) for c in command], text=True, **streams)
    assert done.returncode == code, f"{command}: exit code {done.returncode}, not {code}\n{done.stdout}{done.stderr}"
    return done

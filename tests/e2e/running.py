"""Running programs, for the tests beside it."""

import subprocess


def run(*command, code: int = 0, **options) -> subprocess.CompletedProcess:
    """Fails unless the exit code is CODE; OPTIONS are those of subprocess.run."""
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, **options)
    assert done.returncode == code, f"{command}: exit code {done.returncode}, not {code}\n{done.stdout}{done.stderr}"
    return done

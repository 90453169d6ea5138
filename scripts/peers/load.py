"""What other processes took of the machine while something was measured."""

import os
import resource
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def machine() -> float:
    """Seconds that all processors were busy, or kept from this machine by others (steal)."""
    user, nice, system, _, _, irq, softirq, steal = map(int, Path("/proc/stat").read_text().split("\n")[0].split()[1:9])
    return (user + nice + system + irq + softirq + steal) / TICKS


class Foreign:
    """Starts to count. `pid` is a process that is measured and goes on; others are children that end."""

    def __init__(self, pid: int | None):
        self.pid = pid
        self.start = (time.monotonic(), machine(), self._own())

    def fraction(self) -> float:
        wall, busy, own = (now - then for now, then in zip((time.monotonic(), machine(), self._own()), self.start))
        return max(0.0, busy - own) / (wall * os.cpu_count())

    def _own(self) -> float:
        done, self_ = resource.getrusage(resource.RUSAGE_CHILDREN), resource.getrusage(resource.RUSAGE_SELF)
        total = done.ru_utime + done.ru_stime + self_.ru_utime + self_.ru_stime
        if self.pid:
            fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(") ", 1)[1].split()
            total += (int(fields[11]) + int(fields[12])) / TICKS
        return total

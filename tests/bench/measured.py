"""Run a command and print what it took, as JSON: seconds, seconds of work, megabytes at its peak.

A process of its own, because the system counts what a parent held before a child began as the
child's: this one holds hardly anything.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

if __name__ == "__main__":
    started = time.perf_counter()
    ran = subprocess.run(sys.argv[1:], check=False, stdout=subprocess.DEVNULL)  # noqa: S603
    seconds = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    work, peak = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    print(json.dumps([seconds, work, peak]))  # noqa: T201
    sys.exit(ran.returncode)

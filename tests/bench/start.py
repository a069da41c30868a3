"""How much CPU a command takes to start: python tests/bench/start.py

`rolefit roles` beside the libraries that a web service loads anyway, each the best of three.
"""

from __future__ import annotations

import resource
import subprocess
import sys

LIBRARIES = "import flask, numpy, sqlalchemy, marshmallow"
ROLES = "from service.cli import main; main(['roles'])"


def cpu_seconds(code, runs=3):
    """Return the least CPU time, of the user and the system, that Python takes for some code."""
    return min(_once(code) for _ in range(runs))


def _once(code):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    roles, libraries = cpu_seconds(ROLES, 5), cpu_seconds(LIBRARIES, 5)
    print(f"rolefit roles {roles:.2f} s, libraries {libraries:.2f} s of CPU: {roles / libraries:.2f} times")

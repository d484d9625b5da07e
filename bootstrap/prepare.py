"""Make this clone ready: `python3 bootstrap/prepare.py run` (or `dev`). Needs nothing but Python.

This file alone must be readable by any Python, so that an old one can say what is needed; the work is in parts/.
"""

import os
import subprocess
import sys

OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")


def newer_python():
    """Full path of a Python on PATH that is new enough, or None."""
    for name in NEWER:
        for folder in os.environ.get("PATH", "").split(os.pathsep):
            path = os.path.join(folder, name)
            question = "import sys; sys.exit(sys.version_info[:2] < %r)" % (OLDEST,)
            if os.access(path, os.X_OK) and subprocess.call([path, "-c", question]) == 0:
                return path
    return None


def main():
    """Go on with a Python that is new enough, or say so."""
    if sys.version_info[:2] < OLDEST:
        found = newer_python()
        if found is None:
            sys.stderr.write(
                "Rollkeeper needs Python 3.11 or newer, and this is Python %d.%d; install a newer one, or name it: "
                "make run PYTHON=/path/to/python3.11\n" % sys.version_info[:2]
            )
            return 3
        os.execv(found, [found] + sys.argv)
    from parts import prepare

    return prepare.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

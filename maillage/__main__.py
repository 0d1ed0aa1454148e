"""``python -m maillage``: the engine from a terminal."""

import sys

from maillage.cli.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`./run format`: the fixes that need no thought, then the layout of the code and of the templates."""

import sys

from tools.processes import run_module


def main() -> int:
    """Format everything; returns the first non-zero exit code, else 0."""
    codes = (
        run_module("ruff", "check", "--fix", "."),
        run_module("ruff", "format", "."),
    )
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(main())

"""`./run test [PATH…] [OPTION…]`: pytest, on two workers when the whole suite is asked for."""

import sys

from tools.processes import run_module

# Two, not "auto": the suite is promised in 420 s on two cores, and more browsers than that exhaust a small machine.
WHOLE_SUITE = ("--numprocesses=2", "--dist=loadfile", "tests")


def main(arguments: list[str]) -> int:
    """Pass the arguments to pytest; without a path, run everything."""
    paths = [argument for argument in arguments if not argument.startswith("-")]
    return run_module("pytest", *(() if paths else WHOLE_SUITE), *arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

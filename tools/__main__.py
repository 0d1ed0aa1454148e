"""`python -m tools COMMAND [ARGUMENT…]`: replaces this process by the module of the command.

`python -m tools --needs COMMAND` prints what the command needs installed; `./run` asks it before anything exists.
"""

import os
import sys

from tools.commands import HELP, ROOT, Command, find, listing

USAGE_ERROR = 2


def become(command: Command, arguments: list[str]) -> None:
    """Replace this process by the command: signals and the exit code then reach it without a go-between."""
    os.chdir(ROOT)
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", command.module, *command.first, *arguments])


def main(arguments: list[str]) -> int:
    """Print the list of commands, or become the one asked for. Returns the exit code when it does neither."""
    asked_for_needs = arguments[:1] == ["--needs"]
    name, *rest = arguments[asked_for_needs:] or [HELP.name]
    command = find(name)
    if command is None:
        print(f"Commande inconnue : {name}\n\n{listing()}", file=sys.stderr)
        return USAGE_ERROR
    if asked_for_needs:
        print(command.needs)
    elif command is HELP:
        print(listing())
    else:
        become(command, rest)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

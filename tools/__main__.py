"""`python -m tools COMMAND [ARGUMENT…]`: replaces this process by the module of the command.

`python -m tools --needs COMMAND` prints what the command needs installed; `./run` asks it before anything exists.
"""

import sys

from tools.commands import HELP, find, listing
from tools.processes import become

USAGE_ERROR = 2


def main(arguments: list[str]) -> int:
    """Print the list of commands, or become the one asked for. Returns the exit code when it does neither."""
    asked_for_needs = arguments[:1] == ["--needs"]
    name, *rest = arguments[asked_for_needs:] or [HELP.name]
    command = find(name)
    if command is None:
        print(f"Commande inconnue : {name}\n\n{listing()}", file=sys.stderr)
        return USAGE_ERROR
    if asked_for_needs:
        print(command.needs)
    elif command is HELP:
        print(listing())
    else:
        become(command.module, *command.first, *rest)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

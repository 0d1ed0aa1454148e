"""`python -m etabli.demo.pacts`: seed the pacts into the database, in a demonstration only."""

import sys

import django

django.setup()

from django.conf import settings

from etabli.demo.pacts.seeding import seed


def main() -> int:
    """0 when everything is there; 1 where the data would mix with real ones."""
    if not settings.DEMO:
        print("Les pactes de la démonstration ne s’écrivent que dans une démonstration (ETABLI_DEMO).", file=sys.stderr)
        return 1
    seeded = seed()
    print(f"{seeded.pacts} conventions, {seeded.acts} actes")
    return 0


if __name__ == "__main__":
    sys.exit(main())

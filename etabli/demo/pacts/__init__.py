"""The five pacts of the articles, with their published words, figures and dates, the acts of invented firms, and one
pact that nobody signed, under way whatever the day (`example`).

    python -m etabli.demo.pacts            (called by ./run demo)

One module per pact holds data only; `conventions`, `ledger` and `meetings` write them through the actions of the
product, on the days when things happened (`clock`). A pact already there is left as it is.
"""

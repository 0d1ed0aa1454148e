"""The demonstration: a real territory, fictitious firms, and the product as its users will see it.

    python -m etabli.demo            (./run demo)

The firms are written as official Sirene files and enter by the same code as the real ones.
"""

"""Measures of the engine on generated official files, each beside a named peer measured in the same run.

    python -m maillage.bench [--only NAME] [--scale S] [--json FILE]        (./run bench)

The files are made in `data/bench` and removed at the end. No value computed from them means anything about France.
"""

"""What an SQL statement would write, read word by word: literals and comments hide nothing and count for nothing.

What is not understood is refused: a page that only reads needs few forms of SQL.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

# Tables that a visit may touch (DECISIONS 18): sessions, the cache, the trace of nominative readings.
WRITABLE_TABLES = frozenset({"django_session", "django_cache", "audit_reading"})
READS = frozenset({"SELECT", "VALUES", "WITH", "EXPLAIN", "SHOW"})
STEPS = frozenset({"SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET"})
WRITES = frozenset({"INSERT", "REPLACE", "UPDATE", "DELETE"})
LOCKS = frozenset({"FOR", "KEY", "DO"})  # « FOR UPDATE », « FOR NO KEY UPDATE », « ON CONFLICT DO UPDATE »
PRAGMAS = frozenset({"FOREIGN_KEYS", "USER_VERSION", "JOURNAL_MODE"})
PRAGMAS_OF_A_TABLE = frozenset(
    {"TABLE_INFO", "TABLE_XINFO", "TABLE_LIST", "INDEX_LIST", "INDEX_INFO", "FOREIGN_KEY_LIST", "FOREIGN_KEY_CHECK"}
)
CALLS = frozenset({"SETVAL", "NEXTVAL", "LOAD_EXTENSION", "LO_IMPORT", "LO_EXPORT", "LO_UNLINK", "DBLINK_EXEC"})

_TOKEN = re.compile(
    r"""
    --[^\n]* | /\*.*?\*/                                 # comments
    | [eE]'(?:[^'\\]|\\.|'')*' | '(?:[^']|'')*'          # texts
    | \$(?P<tag>\w*)\$.*?\$(?P=tag)\$                    # texts of PostgreSQL
    | (?P<name>"(?:[^"]|"")+" | `[^`]+`)                 # quoted names
    | (?P<word>\w+) | (?P<sign>[;.=(])
    """,
    re.VERBOSE | re.DOTALL,
)


@lru_cache(maxsize=2048)
def is_allowed(sql: str) -> bool:
    """True when every statement of `sql` is a read, or a write to a table that a visit may touch."""
    return all(_may_run(statement) for statement in _statements(sql))


def _statements(sql: str) -> Iterator[Sequence[str]]:
    """Words in capitals, quoted names as they are, and the signs that matter, statement by statement."""
    words: list[str] = []
    for token in _TOKEN.finditer(sql):
        if token["sign"] == ";":
            yield words
            words = []
        elif token.lastgroup in ("name", "word", "sign"):
            words.append(token.group() if token["name"] else token.group().upper())
    yield words


def _may_run(words: Sequence[str]) -> bool:
    while words and words[0] == "(":
        words = words[1:]
    if not words:
        return True
    if words[0] == "PRAGMA":
        return _only_looks(words[1:])
    if words[0] not in READS | STEPS | WRITES or not CALLS.isdisjoint(words):
        return False
    targets = list(_targets(words))
    return all(target in WRITABLE_TABLES for target in targets) and (bool(targets) or words[0] not in WRITES)


def _only_looks(words: Sequence[str]) -> bool:
    """A pragma that asks: known, without « = », and with an argument only when it is about a table."""
    if not words or "=" in words:
        return False
    return words[0] in PRAGMAS_OF_A_TABLE or (words[0] in PRAGMAS and "(" not in words)


def _targets(words: Sequence[str]) -> Iterator[str]:
    """Tables after INTO (« SELECT … INTO » makes one), UPDATE and DELETE FROM, wherever they stand."""
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        if word == "INTO" or (word == "UPDATE" and before not in LOCKS):
            yield _named(words[place + 1 :])
        elif word == "DELETE" and words[place + 1 : place + 2] == ["FROM"]:
            yield _named(words[place + 2 :])


def _named(words: Sequence[str]) -> str:
    """The name at the head: « OR IGNORE », « ONLY » and the schema are passed over."""
    if words[:1] == ["OR"]:
        words = words[2:]
    if words[:1] == ["ONLY"]:
        words = words[1:]
    if words[1:2] == ["."]:
        words = words[2:]
    return words[0].strip('"`').lower() if words else ""

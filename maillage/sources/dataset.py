"""The description of one official dataset: its columns, by layout, and those the build cannot do without."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

ALIKE = 0.5  # share of columns in common above which a header is plainly meant to be a dataset's


@dataclass(frozen=True)
class Dataset:
    """One table published by INSEE. `layouts` lists official columns in order, oldest layout first."""

    name: str
    required: frozenset[str]
    layouts: Mapping[str, tuple[str, ...]]
    single: bool = True  # one file per build: two would count every establishment twice

    def fits(self, header: Collection[str]) -> bool:
        """Are all required columns there?"""
        return self.required.issubset(header)

    def missing(self, header: Collection[str]) -> tuple[str, ...]:
        """Required columns that `header` lacks, in official order."""
        absent = self.required.difference(header)
        newest = tuple(self.layouts.values())[-1]
        return tuple(column for column in newest if column in absent)

    def likeness(self, header: Collection[str]) -> float:
        """Columns in common over columns in all, with the closest layout: 1 for the official header."""
        given = set(header)
        return max(len(given & set(columns)) / len(given | set(columns)) for columns in self.layouts.values())

    def layout(self, header: Collection[str]) -> str:
        """The newest layout of which `header` holds a column that older ones lack; else the oldest."""
        names = list(self.layouts)
        for older, newer in zip(reversed(names[:-1]), reversed(names[1:]), strict=True):
            if set(self.layouts[newer]).difference(self.layouts[older]).intersection(header):
                return newer
        return names[0]


def columns(text: str) -> tuple[str, ...]:
    """Column names separated by blanks."""
    return tuple(text.split())


def without(names: tuple[str, ...], absent: str) -> tuple[str, ...]:
    """`names` without the blank-separated ones of `absent`: an older layout."""
    return tuple(name for name in names if name not in absent.split())

"""The variable parts of addresses."""

from django.urls import register_converter

from maillage.territory import Level


class LevelConverter:
    """`<niveau:…>`: one of the levels of territory."""

    regex = "|".join(level.value for level in Level)

    def to_python(self, value: str) -> str:
        """As it is written."""
        return value

    def to_url(self, value: str) -> str:
        """As it is written."""
        return value


class PlaceConverter(LevelConverter):
    """`<lieu:…>`: an official code, « france », the name of a list, or commune codes with commas between them."""

    regex = "[0-9A-Za-z,-]+"


class TableConverter(LevelConverter):
    """`<tableau:…>`: a kind of file that a table is given as."""

    regex = "csv|xlsx|ods|json"


class ImageConverter(LevelConverter):
    """`<image:…>`: a kind of file that a picture is given as."""

    regex = "svg|png|csv|json"


register_converter(ImageConverter, "image")
register_converter(TableConverter, "tableau")
register_converter(LevelConverter, "niveau")
register_converter(PlaceConverter, "lieu")

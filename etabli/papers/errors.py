"""What can go wrong while a document is made."""


class PaperError(Exception):
    """A document could not be made. `message` is French and can be shown."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

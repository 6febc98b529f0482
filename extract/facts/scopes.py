"""Who acts and which period holds at a place of the text."""

import datetime as dt

from extract.layers import Layers


class Scopes:
    """Subjects and periods in force, by offset."""

    def __init__(self, layers: Layers) -> None:
        self._layers = layers

    def subject(self, offset: int) -> str | None:
        """The canonical name of who acts at `offset`."""
        return None

    def period(self, offset: int) -> tuple[dt.date | None, dt.date | None]:
        """The inclusive period in force at `offset`."""
        return None, None

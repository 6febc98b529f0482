"""The subject that opens a clause, as the rules find it."""

from typing import NamedTuple


class Subject(NamedTuple):
    """Who opens a clause, and where. `owner` is whose the figures are: None where those named stand for more.

    `brief`: "person", "place" or "unit" where someone acts in passing, for the rest of the sentence only; `passing`:
    for the clause only, as those do who attend, teach or help to organise what another does; `listening`: as an
    audience does.
    """

    actors: tuple[str, ...]
    owner: str | None
    at: int
    brief: str = ""
    passing: bool = False
    listening: bool = False

"""The root of jianbao's errors."""


class JianbaoError(Exception):
    """Base class of every error jianbao raises on purpose.

    A message names where it happened, the cause and the remedy, and is one line.

    Args:
        cause: what is wrong.
        where: the file, URL or item that is wrong, if there is one.
        remedy: what the user can do about it.
    """

    def __init__(self, cause: str, *, where: str | None = None, remedy: str | None = None) -> None:
        self.cause = cause
        self.where = where
        self.remedy = remedy
        parts = [f"{where}: {cause}" if where else cause]
        if remedy:
            parts.append(remedy)
        super().__init__("; ".join(parts))

    def __reduce__(self) -> tuple[object, ...]:
        """How to pickle the error."""
        # Keyword-only arguments do not survive the default pickling, and errors cross process borders.
        return (_rebuild, (type(self), self.cause, self.where, self.remedy))


def _rebuild(kind: type[JianbaoError], cause: str, where: str | None, remedy: str | None) -> JianbaoError:
    return kind(cause, where=where, remedy=remedy)

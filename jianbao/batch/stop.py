"""Ending on request: SIGINT and SIGTERM let a batch finish what it has begun."""

import signal
import threading
from types import FrameType, TracebackType

from jianbao.logs import log


class Stop:
    """While open, the first SIGINT or SIGTERM sets `signal`; a second one ends the program as usual."""

    def __init__(self) -> None:
        self.signal: int | None = None
        self._event = threading.Event()
        self._before: dict[int, object] = {}
        self._announced = False

    @property
    def requested(self) -> bool:
        """Whether the batch is to end."""
        return self._event.is_set()

    def is_set(self) -> bool:
        """The same, as an event says it."""
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait, unless or until the end is requested; whether it is."""
        return self._event.wait(seconds)

    def request(self, number: int | None = None) -> None:
        """End the batch, as the signal of this number does."""
        self.signal = number
        self._event.set()

    def __enter__(self) -> "Stop":
        # Only the main thread may set handlers; elsewhere (in tests, in a server) others see to it.
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self._before[number] = signal.signal(number, self._on_signal)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._restore()

    def _restore(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        self._before = {}

    def announce(self) -> None:
        """Say once that the end has been requested, if it has: a signal may interrupt a line being written."""
        if self.signal is not None and not self._announced:
            self._announced = True
            name = signal.Signals(self.signal).name
            log("stopping", f"{name}: ending after the bulletins in hand; once more to end at once", level="warning")

    def _on_signal(self, number: int, _: FrameType | None) -> None:
        self._restore()
        self.request(number)

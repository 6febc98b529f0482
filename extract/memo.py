"""What a function of words gives, kept: texts are made of the same few thousand words."""

from collections.abc import Callable
from typing import TypeVar

_K = TypeVar("_K")
_V = TypeVar("_V")

_MOST = 1 << 16


class Memo(dict[_K, _V]):
    """The values of a function by its argument, each reckoned when first asked for: `memo[word]`.

    It forgets all of them when it is full. That is half the cost of `functools.lru_cache`, which keeps an order too.
    """

    def __init__(self, function: Callable[[_K], _V]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, key: _K) -> _V:
        if len(self) >= _MOST:
            self.clear()
        value = self[key] = self._function(key)
        return value

"""The one dict that some functions take their numbers in: CS231n's `conv_param`, `pool_param`."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from convproof.conformance.target.axes import AXES, part, separate, wholes
from convproof.laws.op import WEIGHTED

_CONV = {"stride": "stride", "pad": "padding", "padding": "padding"}  # key -> role
_POOL = {**_CONV, "f": "window", "kernel_size": "window"}
_ALSO = {"dilation": "dilation", "groups": "groups"}
_WHOLE = {**_POOL, **_ALSO}
_PREFIXES = ("stride", "pad", "padding", "dilation", "pool", "kernel", "window")
_SUFFIXES = ("h", "w", "d", "y", "x", "z", "height", "width", "depth")
_SIDES = ("top", "bottom", "left", "right", "front", "back")
_PARTS = (
    *(f"{first}_{last}" for first in _PREFIXES for last in _SUFFIXES),
    *(f"{first}_{last}" for first in ("pad", "padding") for last in _SIDES),
)


def usual(base: str) -> frozenset[str]:
    """The keys that such a dict has in any case, as long as nobody knows what it is asked for."""
    return frozenset(_CONV if base in WEIGHTED else (*_POOL, "pool_height", "pool_width"))


def every(base: str, rank: int) -> frozenset[str]:
    """Every key that there is a value for."""
    own = {key for key in _PARTS if re.search(f"_[{AXES[-rank:]}](_|$)", part(key, rank) or "")}
    return usual(base) | own | (_ALSO.keys() if base in WEIGHTED else {"dilation"})


def role(key: str, rank: int) -> str:
    """What a key means: a role, or that of one axis or side."""
    return _WHOLE.get(key) or part(key, rank) or key


def parts(keys: Collection[str], rank: int) -> dict[str, str]:
    """key -> role of one axis or side, for complete sets of such keys."""
    return separate(sorted(k for k in keys if k in _PARTS), rank, pool=True)[0]


def roles_of(keys: Collection[str], rank: int) -> frozenset[str]:
    """The roles that keys give whole.

    >>> sorted(roles_of(["pool_height", "pool_width", "stride", "pad_h"], 2))
    ['stride', 'window']
    """
    whole = {_WHOLE[key] for key in keys if key in _WHOLE}
    return frozenset(whole | wholes(parts(keys, rank).values()))


class Asked(dict[str, Any]):
    """Such a dict that notes in `asked` which keys somebody wants to know."""

    def __init__(self, asked: set[str], values: dict[str, Any]) -> None:
        super().__init__(values)
        self._asked = asked

    def __getitem__(self, key: str) -> Any:
        self._asked.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self._asked.add(str(key))
        return super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """As a dict's; notes the key."""
        self._asked.add(key)
        return super().get(key, default)

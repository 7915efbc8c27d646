"""The one dict that some functions take their numbers in: CS231n's `conv_param`, `pool_param`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from convproof.conformance.target.axes import part, separate, whole, wholes

_WHOLE = {  # key -> role: those that every dict has
    "stride": "stride",
    "pad": "padding",
    "padding": "padding",
    "f": "window",
    "kernel_size": "window",
}
_ALSO = {"dilation": "dilation", "groups": "groups"}
_PREFIXES = ("stride", "pad", "padding", "dilation", "pool", "kernel", "window")
_SUFFIXES = ("h", "w", "d", "y", "x", "z", "height", "width", "depth")
_SIDES = ("top", "bottom", "left", "right", "front", "back")
_PARTS = (
    *(f"{first}_{last}" for first in _PREFIXES for last in _SUFFIXES),
    *(f"{first}_{last}" for first in ("pad", "padding") for last in _SIDES),
)
# Beyond the usual keys a dict has only those that its function was seen to ask for: a script that
# shows a failure is to be read, and some functions pass the whole dict on.
EXTRA = frozenset((*_ALSO, *_PARTS))


def parts(keys: Collection[str], rank: int) -> dict[str, str]:
    """key -> role of one axis or side, for complete sets of such keys."""
    return separate(sorted(k for k in keys if k in _PARTS), rank, pool=True)[0]


class Param(dict[str, Any]):
    """Such a dict with every usual key, and those of `keys`; `read` has those asked for.

    Args:
        roles: role -> value, axes' and sides' included.
        base: "conv" or a pool.
        rank: of the op.
        keys: of `EXTRA`.
    """

    def __init__(
        self, roles: Mapping[str, Any], base: str, rank: int, keys: Collection[str] = ()
    ) -> None:
        self.read: set[str] = set()
        self._rank = rank
        super().__init__(stride=roles["stride"], pad=roles["padding"], padding=roles["padding"])
        if base != "conv":
            window = roles["window"]
            self.update(pool_height=roles.get("window_h", roles["window_w"]))
            self.update(pool_width=roles["window_w"], f=window, kernel_size=window)
        self.update({key: roles[_ALSO[key]] for key in sorted(keys) if key in _ALSO})
        for key in sorted(keys):
            role = part(key, rank) or ""
            if role in roles:  # an axis that the op has
                self[key] = roles[role]

    def __getitem__(self, key: str) -> Any:
        self.read.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """As a dict's; notes the key."""
        self.read.add(key)
        return super().get(key, default)

    def asked(self) -> frozenset[str]:
        """The keys of `EXTRA` that were asked for."""
        return frozenset(self.read & EXTRA)

    def unread(self) -> frozenset[str]:
        """The roles none of whose keys was asked for; none at all if nothing was asked for."""
        if not self.read:
            return frozenset()
        read: set[str | None] = {_WHOLE[key] for key in self.read if key in _WHOLE}
        read |= {whole(part(key, self._rank) or "") for key in self.read & EXTRA}
        return frozenset(role for role in _WHOLE.values() if role not in read)


def roles_of(keys: Collection[str], base: str, rank: int) -> frozenset[str]:
    """The roles a dict can give, of which `keys` beyond the usual ones are asked for."""
    usual = {"stride", "padding"} if base == "conv" else {"window", "stride", "padding"}
    also = {_ALSO[key] for key in keys if key in _ALSO}
    also |= wholes(parts(keys, rank).values())
    return frozenset(usual | (also if base == "conv" else also - {"groups"}))

"""Numbers given axis by axis, or side by side: `stride_h, stride_w`, `pad_top, ..., pad_right`.

A role of one axis is written "stride_h", one of a side "padding_h_lo"; a set of them stands for the
whole role only when it is complete, since half of it leaves the other axis at a default.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

AXES = "dhw"  # the axes' letters; a function of fewer takes the last ones
_AXIS_WORDS = {
    "d": "d depth z",
    "h": "h height y row rows vertical",
    "w": "w width x col cols column columns horizontal",
}
_LINE_WORDS = "l len length t time"  # the one axis of one dimension
_ROLE_WORDS = {
    "stride": "stride strides step s",
    "padding": "padding pad pads p",
    "dilation": "dilation dilations dilate dil rate d",
    "window": "window win pool kernel filter ksize kernelsize poolsize windowsize filtersize k f",
}
_SIDES = {
    "top t": ("h", "lo"),
    "bottom b": ("h", "hi"),
    "left l": ("w", "lo"),
    "right r": ("w", "hi"),
    "front": ("d", "lo"),
    "back": ("d", "hi"),
}
_LINE_SIDES = {"before start begin lo low": ("w", "lo"), "after end stop hi high": ("w", "hi")}


def _table(rank: int) -> dict[str, str]:
    """normalised name -> role of one axis or side."""
    table = {"hh": "window_h", "ww": "window_w"} if rank > 1 else {}
    words = dict(_AXIS_WORDS)
    if rank == 1:
        words = {"w": " ".join((*words.values(), _LINE_WORDS))}
    elif rank == 3:
        words["d"] += " t time"
    for role, bases in _ROLE_WORDS.items():
        for base in bases.split():
            for axis, names in words.items():
                for name in names.split():
                    short = len(base) == 1
                    # "dx" and "dy" are gradients; one letter for one axis says too little
                    if short and (rank == 1 or (base == "d" and name not in "dhw")):
                        continue
                    table[base + name] = f"{role}_{axis}"
                    if not short:
                        table[name + base] = f"{role}_{axis}"
    sides = {**_SIDES, **_LINE_SIDES} if rank == 1 else _SIDES
    for names, (axis, end) in sides.items():
        for name in names.split():
            for base in _ROLE_WORDS["padding"].split():
                if rank == 1 and (len(name) == 1 or base == "p"):
                    continue  # pad_l is the padding of the length
                table[base + name] = f"padding_{axis}_{end}"
                if len(base) > 1 and len(name) > 1:
                    table[name + base] = f"padding_{axis}_{end}"
    return table


_TABLES = {rank: _table(rank) for rank in (1, 2, 3)}


@functools.cache
def whole(role: str) -> str | None:
    """The role that an axis's or a side's is a part of; None for any other.

    >>> whole("stride_h"), whole("padding_w_lo"), whole("ceil_mode")
    ('stride', 'padding', None)
    """
    found = re.fullmatch(r"(stride|padding|dilation|window)_[dhw](_lo|_hi)?", role)
    return found[1] if found else None


def part(name: str, rank: int) -> str | None:
    """The role of an axis or side that a parameter or key of this name has, if any."""
    return _TABLES[rank].get(name.replace("_", "").lower())


def wholes(roles: Iterable[str]) -> frozenset[str]:
    """Every role that parts of it stand for."""
    return frozenset(name for name in map(whole, roles) if name is not None)


def separate(
    names: Iterable[str], rank: int, taken: Collection[str] = (), pool: bool = False
) -> tuple[dict[str, str], dict[str, str]]:
    """(name -> role of an axis or side, where all of them are there; name -> what it lacks).

    Args:
        names: parameters or keys.
        rank: of the op.
        taken: roles that another parameter gives whole.
        pool: whether "ph" and "pw" may be a pool's window.

    >>> separate(["stride_h", "stride_w", "pad_h"], 2)
    ({'stride_h': 'stride_h', 'stride_w': 'stride_w'}, {'pad_h': 'padding of the other axis'})
    """
    letters = AXES[-rank:]
    groups: dict[tuple[str, bool], dict[str, str]] = {}
    for name in names:
        role = part(name, rank)
        if role is not None:
            kind = whole(role) or ""
            groups.setdefault((kind, role.endswith(("_lo", "_hi"))), {}).setdefault(role, name)
    padding = groups.get(("padding", False), {})
    windowless = "window" not in taken and ("window", False) not in groups
    if pool and windowless and all(re.fullmatch("p_?[dhw]", n.lower()) for n in padding.values()):
        groups.pop(("padding", False), None)
        groups["window", False] = {
            role.replace("padding", "window"): name for role, name in padding.items()
        }
    found: dict[str, str] = {}
    halves: dict[str, str] = {}
    for (kind, sided), group in sorted(groups.items()):
        ends = ("_lo", "_hi") if sided else ("",)
        due = {f"{kind}_{axis}{end}" for axis in letters for end in ends}
        given = {role: name for role, name in group.items() if role in due}
        if set(given) == due and kind not in {*taken, *wholes(found.values())}:
            found.update({name: role for role, name in given.items()})
        elif kind not in taken:
            lack = f"{kind} of the other {'side' if sided else 'axis'}"
            halves.update(dict.fromkeys(group.values(), lack))
    return found, halves


# -- the layout, named in an argument --------------------------------------------------------------

_LAYOUT_NAMES = "dataformat dataformats layout datalayout imagedataformat dimordering format"
_SPACES = {1: ("W", "L"), 2: ("HW",), 3: ("DHW",)}


def layout_role(name: str, default: Any, has_default: bool, rank: int) -> str | None:
    """The role of a parameter that names the layout, in the style of its default; else None.

    >>> layout_role("data_format", "NHWC", True, 2), layout_role("channels_last", False, True, 2)
    ('layout:upper', 'layout:is_channels_last')
    """
    name = name.replace("_", "").lower()
    if name in ("channelsfirst", "channelslast"):
        if default not in (True, False):
            return None
        return f"layout:is_channels_{name.removeprefix('channels')}"
    if name not in _LAYOUT_NAMES.split():
        return None
    if not has_default:
        return "layout:upper" if name != "format" else None
    for style in ("upper", "lower", "line", "words"):
        if default in [layout_value(f"layout:{style}", kind, rank) for kind in _KINDS]:
            return f"layout:{style}"
    return None


_KINDS = ("channels_first", "channels_last")


def layout_value(role: str, layout: str, rank: int) -> Any:
    """What such a parameter is given for a layout."""
    style = role.removeprefix("layout:")
    if style.startswith("is_"):
        return layout == style.removeprefix("is_")
    if style == "words":
        return layout
    space = _SPACES[rank][-1 if style == "line" else 0]
    text = f"NC{space}" if layout == "channels_first" else f"N{space}C"
    return text.lower() if style == "lower" else text


def layout_of_default(defaults: Mapping[str, Any], rank: int) -> str | None:
    """The layout a function has when it is told of none."""
    for role, default in defaults.items():
        if role.startswith("layout:"):
            for kind in _KINDS:
                if layout_value(role, kind, rank) == default:
                    return kind
    return None

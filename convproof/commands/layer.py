"""The options that say what a layer is, shared by the commands that take one."""

from __future__ import annotations

import argparse
from typing import Any

from convproof.errors import SpecError
from convproof.spec import ACTIVATIONS, PADDING_MODES, AvgPool, Conv, MaxPool, Spec

# option -> the operations it belongs to
_CONV, _POOL, _AVERAGE = ("conv",), ("max_pool", "avg_pool"), ("avg_pool",)
_BELONGS = {
    "kernel": _CONV,
    "out_channels": _CONV,
    "groups": _CONV,
    "padding_mode": _CONV,
    "activation": _CONV,
    "no_bias": _CONV,
    "window": _POOL,
    "ceil_mode": _POOL,
    "exclude_pad": _AVERAGE,
    "dilation": ("conv", "max_pool"),
    "stride": (*_CONV, *_POOL),
    "padding": (*_CONV, *_POOL),
}


def add_layer_options(parser: argparse.ArgumentParser) -> None:
    """Declare --kernel, --stride and the rest; sizes are written 3 or 3x5, one per axis."""
    group = parser.add_argument_group("the layer", "sizes are one number, or one per axis: 3x5")
    group.add_argument("--kernel", metavar="K", help="taps of a convolution (default 3)")
    group.add_argument("--window", metavar="K", help="window of a pooling (default 2)")
    group.add_argument("--stride", metavar="S", help="pixels from one window to the next")
    group.add_argument(
        "--padding", metavar="P", help="1, 1x2, low:high on an axis as in 0:1x2:2, valid or same"
    )
    group.add_argument("--dilation", metavar="D", help="pixels from one tap to the next")
    group.add_argument("--groups", metavar="G", help="groups of channels")
    group.add_argument("--out-channels", metavar="M", help="output channels")
    group.add_argument("--padding-mode", metavar="MODE", help=", ".join(PADDING_MODES))
    group.add_argument("--activation", metavar="NAME", help=", ".join(ACTIVATIONS))
    # None, not False, where an option is absent: then the other commands' layers differ from it
    for flag, text in (
        ("--no-bias", "a convolution without bias"),
        ("--ceil-mode", "keep a last window that overhangs"),
        ("--exclude-pad", "padding does not count in an average"),
    ):
        group.add_argument(flag, action="store_true", default=None, help=text)


def layer(operation: str, args: argparse.Namespace) -> Spec | None:
    """The spec that the options of `operation` ("conv2d") say; None if there are none.

    Raises:
        SpecError: for an option that the operation has not, or a value no layer can have.
    """
    given = {name: getattr(args, name) for name in _BELONGS if getattr(args, name) is not None}
    if not given:
        return None
    kind, rank = operation[:-2], operation[-2:-1]
    if kind not in ("conv", "max_pool", "avg_pool"):
        name = next(iter(given))
        allowed = f"only with conv, max_pool and avg_pool, not with {operation}"
        raise SpecError.of(_option(name), given[name], allowed)
    for name, value in given.items():
        if kind not in _BELONGS[name]:
            allowed = f"only with {' and '.join(_BELONGS[name])}, not with {operation}"
            raise SpecError.of(_option(name), value, allowed)
    sizes = int(rank)
    options: dict[str, Any] = {}
    for name in ("stride", "dilation"):
        if name in given:
            options[name] = _sizes(name, given[name], sizes)
    if "padding" in given:
        options["padding"] = _padding(given["padding"], sizes)
    if kind == "conv":
        if "groups" in given:
            options["groups"] = _number("groups", given["groups"])
        for name in ("padding_mode", "activation"):
            if name in given:
                options[name] = given[name]
        channels = given.get("out_channels")
        return Conv(
            _sizes("kernel", given.get("kernel", "3"), sizes),
            None if channels is None else _number("out_channels", channels),
            bias=not given.get("no_bias", False),
            **options,
        )
    options["ceil_mode"] = given.get("ceil_mode", False)
    window = _sizes("window", given.get("window", "2"), sizes)
    if kind == "max_pool":
        return MaxPool(window, **options)
    return AvgPool(window, count_include_pad=not given.get("exclude_pad", False), **options)


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


def _number(name: str, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise SpecError.of(_option(name), text, "an integer") from None


def _sizes(name: str, text: str, rank: int) -> tuple[int, ...]:
    """`3` or `3x5` as one integer per axis."""
    parts = text.lower().split("x")
    if len(parts) not in (1, rank):
        raise SpecError.of(_option(name), text, f"one integer, or {rank} as in {_shown(rank)}")
    values = tuple(_number(name, part) for part in parts)
    return values * rank if len(values) == 1 else values


def _padding(text: str, rank: int) -> Any:
    """`1`, `1x2`, `0:1x2:2`, `valid` or `same`, as the specs take it."""
    if text in ("valid", "same"):
        return text
    parts = text.lower().split("x")
    if len(parts) not in (1, rank):
        raise SpecError.of(
            "--padding", text, f"one amount, {rank} as in {_shown(rank)}, 'valid' or 'same'"
        )
    pairs = []
    for part in parts:
        ends = [_number("padding", end) for end in part.split(":")]
        if len(ends) > 2:
            raise SpecError.of("--padding", text, "low:high on an axis")
        pairs.append((ends[0], ends[-1]))
    return tuple(pairs * rank if len(pairs) == 1 else pairs)


def _shown(rank: int) -> str:
    return "x".join("357"[:rank])

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


def layer(
    operation: str, args: argparse.Namespace, input_shape: tuple[int, ...] | None = None
) -> Spec | None:
    """The spec that the options of `operation` ("conv2d") say; None if there are none.

    With an `input_shape`, a kernel may be written with its channels, 5x5x1x8.

    Raises:
        SpecError: for an option that the operation has not, or a value no layer can have.
    """
    given = {name: getattr(args, name) for name in _BELONGS if getattr(args, name) is not None}
    if not given and input_shape is None:
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
    if input_shape is not None and "kernel" in given:
        given = _with_channels(given, int(rank), input_shape)
    try:
        return _spec(kind, int(rank), given)
    except SpecError as error:
        raise _renamed(error, given) from None


def _with_channels(given: dict[str, Any], rank: int, shape: tuple[int, ...]) -> dict[str, Any]:
    """The options with the channels that the kernel names, 5x5x1x8, taken out of it."""
    parts = given["kernel"].lower().split("x")
    if len(parts) != rank + 2 or not all(map(_positive, parts)):
        return given
    *taps, depth, maps = parts
    groups = _number("groups", given.get("groups", "1"))
    if len(shape) > rank and shape[-1] != int(depth) * groups:
        allowed = f"{shape[-1]} channels in, as --input has, divided by {groups} groups"
        raise SpecError.of("--kernel", given["kernel"], allowed)
    if given.get("out_channels", maps) != maps:
        raise SpecError.of("--out-channels", given["out_channels"], f"{maps}, as the kernel says")
    return {**given, "kernel": "x".join(taps), "out_channels": maps}


def input_shape(text: str, rank: int) -> tuple[int, ...]:
    """`28x28x1`: the sizes of an image, then its channels; with the images first if there are 4."""
    parts = text.lower().split("x")
    if not rank <= len(parts) <= rank + 2 or not all(map(_positive, parts)):
        shown = "x".join(["28"] * rank) + "x1"
        raise SpecError.of("--input", text, f"the sizes of an image and its channels, as {shown}")
    return tuple(map(int, parts))


def _spec(kind: str, rank: int, given: dict[str, Any]) -> Spec:
    options: dict[str, Any] = {}
    for name in ("stride", "dilation"):
        if name in given:
            options[name] = _sizes(name, given[name], rank)
    if "padding" in given:
        options["padding"] = _padding(given["padding"], rank)
    if kind == "conv":
        if "groups" in given:
            options["groups"] = _number("groups", given["groups"])
        for name in ("padding_mode", "activation"):
            if name in given:
                options[name] = given[name]
        channels = given.get("out_channels")
        return Conv(
            _sizes("kernel", given.get("kernel", "3"), rank),
            None if channels is None else _number("out_channels", channels),
            bias=not given.get("no_bias", False),
            **options,
        )
    options["ceil_mode"] = given.get("ceil_mode", False)
    window = _sizes("window", given.get("window", "2"), rank)
    if kind == "max_pool":
        return MaxPool(window, **options)
    return AvgPool(window, count_include_pad=not given.get("exclude_pad", False), **options)


def _renamed(error: SpecError, given: dict[str, Any]) -> SpecError:
    """The error of a spec's argument as one of the option that it came from, and its text."""
    argument, allowed, rest = str(error).partition(": allowed is ")
    name = argument.partition("=")[0].partition("[")[0]
    if name not in given:
        return error
    rest = rest.replace("one of None, ", "one of ")  # an option is left out instead
    return SpecError(f"{_option(name)}={given[name]!r}{allowed}{rest}")


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


def _positive(text: str) -> bool:
    return _natural(text) and int(text) > 0


def _natural(text: str) -> bool:
    """Whether it is plain digits, not too many: `int` takes signs, spaces and underscores too."""
    return text.isascii() and text.isdigit() and len(text) <= 18


def _number(name: str, text: str) -> int:
    if not _positive(text):
        raise SpecError.of(_option(name), text, "a positive integer")
    return int(text)


def _sizes(name: str, text: str, rank: int) -> tuple[int, ...]:
    """`3` or `3x5` as one integer per axis."""
    parts = text.lower().split("x")
    if len(parts) not in (1, rank) or not all(map(_positive, parts)):
        several = f", or {rank} as in {_shown(rank)}" if rank > 1 else ""
        raise SpecError.of(_option(name), text, f"a positive integer{several}")
    values = tuple(map(int, parts))
    return values * rank if len(values) == 1 else values


def _padding(text: str, rank: int) -> Any:
    """`1`, `1x2`, `0:1x2:2`, `valid` or `same`, as the specs take it."""
    if text in ("valid", "same"):
        return text
    axes = [part.split(":") for part in text.lower().split("x")]
    right = all(len(ends) <= 2 and all(map(_natural, ends)) for ends in axes)
    if len(axes) not in (1, rank) or not right:
        several = f", {rank} of these as in {_shown(rank)}" if rank > 1 else ""
        allowed = f"an integer >= 0, low:high as in 0:1{several}, 'valid' or 'same'"
        raise SpecError.of("--padding", text, allowed)
    pairs = tuple((int(ends[0]), int(ends[-1])) for ends in axes)
    return pairs * rank if len(pairs) == 1 else pairs


def _shown(rank: int) -> str:
    return "x".join("357"[:rank])

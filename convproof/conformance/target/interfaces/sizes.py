"""How a layer's class is made: from arrays, or from numbers of channels and a size of kernel."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from convproof.conformance.target.wrapper import _written, declared_by

_IN = (
    "in_channels inchannels in_ch in_c inc cin c_in n_in num_in in_channel input_channels "
    "in_planes channels_in input_depth n_c_prev n_channels num_channels ic nin channels "
    "in_depth n_inputs in_features ni input_dim"
)
_OUT = (
    "out_channels outchannels out_ch out_c outc cout c_out n_out num_out out_channel "
    "output_channels out_planes channels_out output_depth depth num_filters n_filters nfilters "
    "filters number_filters n_kernels num_kernels oc nout n_c kernels out_depth n_outputs no "
    "out_features num_of_filters output_dim"
)
_SIZE = "kernel_size kernelsize k ksize filter_size filtersize size kernel f field kernel_shape"
_SIDES = {
    "kh": 0, "kernel_h": 0, "kernel_height": 0, "filter_h": 0, "filter_height": 0, "fh": 0,
    "kw": 1, "kernel_w": 1, "kernel_width": 1, "filter_w": 1, "filter_width": 1, "fw": 1,
}  # fmt: skip
_SPACE = "hw in_hw input_hw in_size input_size image_size img_size spatial in_spatial size_in"
_WEIGHT = "w weight weights kernel kernels filters filter filt wt"
_BIAS = "b bias biases"
_OPTIONS = (
    "stride strides padding pad dilation groups s p stride_h stride_w pad_h pad_w step "
    "output_padding dilation_rate"
)


@dataclass(frozen=True)
class Given:
    """What a class is made with: as text for a wrapper, and for a first trial."""

    passed: str
    declared: str
    trial: str
    arrays: frozenset[str] = frozenset()


def by_arrays(cls: type, rank: int = 2) -> Given | None:
    """A class that is handed its weights."""
    passed: list[str] = []
    declared: list[str] = []
    trial: list[str] = []
    arrays: set[str] = set()
    for p in _parameters(cls):
        name = p.name.lower()
        if name in _WEIGHT.split() and p.default is p.empty and "w" not in arrays:
            arrays.add("w")
            passed.append("w")
        elif name in _BIAS.split() and not isinstance(p.default, bool) and "b" not in arrays:
            arrays.add("b")
            passed.append("b" if p.default is p.empty else f"{p.name}=b")
        elif p.name in _OPTIONS.split():
            _option(p, passed, declared, trial)
            continue
        elif name in _SPACE.split() and p.default is p.empty:
            passed.append(f"x.shape[-{rank}:]")
        elif p.default is p.empty:
            return None
        else:
            continue
        trial.append(passed[-1])
    if "w" not in arrays:
        return None
    return Given(", ".join(passed), ", ".join(declared), ", ".join(trial), frozenset(arrays))


def arguments_of(cls: type, rank: int, transposed: bool = False) -> Iterator[Given]:
    """A class that is told its sizes: with the kernel's as a tuple, then as one number.

    w is (M, C, *taps), and (C, M, *taps) of a `transposed` convolution.
    """
    inputs, outputs = ("w.shape[0]", "w.shape[1]") if transposed else ("w.shape[1]", "w.shape[0]")
    image = f"x.shape[{-rank - 1}:]"  # that of one image, alone or in a batch
    for size in ("w.shape[2:]", "w.shape[2]"):
        passed: list[str] = []
        declared: list[str] = []
        trial: list[str] = []
        for p in _parameters(cls):
            name = p.name.lower()
            value = {
                **dict.fromkeys(_IN.split(), inputs),
                **dict.fromkeys(_OUT.split(), outputs),
                **dict.fromkeys(_SIZE.split(), size),
                **{side: f"w.shape[{2 + n}]" for side, n in _SIDES.items()},
                "input_shape": image,
                "in_shape": image,
                "image_shape": image,
            }.get(name)
            if name in _BIAS.split() and (p.default is p.empty or isinstance(p.default, bool)):
                value = "True"
            if value is None and name in _OPTIONS.split():
                _option(p, passed, declared, trial)
                if name == "groups":  # w holds the channels of one group there
                    passed = [
                        re.sub(r"w\.shape\[1\]$", f"w.shape[1] * {p.name}", t) for t in passed
                    ]
                continue
            if value is None and p.default is p.empty:
                return
            if value is None:
                continue
            by_name = p.kind is p.KEYWORD_ONLY or p.default is not p.empty
            passed.append(f"{p.name}={value}" if by_name else value)
            trial.append(passed[-1])
        yield Given(", ".join(passed), ", ".join(declared), ", ".join(trial))


def depthwise_of(cls: type) -> Iterator[Given]:
    """A depthwise layer: all its numbers of channels and its groups are w's channels."""
    for given in arguments_of(cls, 2):
        every = []
        for text in (given.passed, given.trial):
            text = re.sub(r"groups=\w+", "groups=w.shape[1]", text)
            every.append(text.replace("w.shape[0]", "w.shape[1]"))
        declared = ", ".join(p for p in given.declared.split(", ") if not p.startswith("groups"))
        yield Given(every[0], declared, every[1])


def _option(p: inspect.Parameter, passed: list[str], declared: list[str], trial: list[str]) -> None:
    required = p.default is p.empty
    default = "1" if required and p.name.lower()[0] in "sdg" else "0"
    default = default if required else (_written(p.default) or default)
    declared.append(f"{p.name}={default}")
    by_name = not required or p.kind is p.KEYWORD_ONLY
    passed.append(f"{p.name}={p.name}" if by_name else p.name)
    trial.append(f"{p.name}={default}" if by_name else default)


def _parameters(cls: type) -> list[inspect.Parameter]:
    return [p for p in declared_by(cls).values() if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]

"""One call of a target as data: what is convolved or pooled, how, and how it lies in memory.

Arrays are always channels last: x (N, *space, C), kernel (*taps, C/groups, M), dy (N, *out, M).
A target's adapter turns them into the target's own layout and then calls `arrange`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from convproof.laws import by_name
from convproof.laws.axis import Axis
from convproof.laws.op import Op

Array = np.ndarray[Any, Any]
Pairs = tuple[tuple[int, int], ...]

# What `Target.accepts(op, parameter)` is asked about; the rest of a case every target must take.
PARAMETERS: dict[str, tuple[str, ...]] = {
    "conv": ("bias", "stride", "padding", "asymmetric_padding", "dilation", "groups"),
    "max_pool": ("stride", "padding", "asymmetric_padding", "dilation", "ceil_mode"),
    "avg_pool": ("stride", "padding", "asymmetric_padding", "ceil_mode", "count_include_pad"),
    "conv_transpose": (
        *("bias", "stride", "padding", "asymmetric_padding"),
        *("output_padding", "dilation", "groups"),
    ),
}
MEMORY = (
    "plain",
    "fortran",
    "reversed",
    "strided",
    "readonly",
    "offset",
    "broadcast",
    "channels_inside",
)


def arrange(array: Array, memory: str) -> Array:
    """The same values laid out in memory as `memory` says; always an array of its own.

    "plain" is C order; "fortran" column order; "reversed" has negative strides on every axis
    of more than one entry (of a lone one no stride is taken, and libraries refuse it all the same);
    "strided" is every second entry of a larger array whose other entries are NaN (or a large
    integer); "readonly" cannot be written; "offset" starts inside a larger buffer; "broadcast"
    has stride 0 on every axis along which all its items are equal (and is then read-only);
    "channels_inside" has its second axis innermost, as images whose channels lie together.

    >>> arrange(np.arange(3.0), "reversed").strides, arrange(np.arange(3.0), "reversed").tolist()
    ((-8,), [0.0, 1.0, 2.0])
    """
    if memory == "fortran":
        return np.array(array, order="F")
    if memory == "reversed":
        turn = tuple(slice(None, None, -1 if size > 1 else 1) for size in array.shape)
        turned: Array = np.array(array[turn], order="C")[turn]
        return turned
    if memory == "strided":
        poison = np.nan if array.dtype.kind in "fc" else np.iinfo(array.dtype).max
        large = np.full([2 * size for size in array.shape], poison, dtype=array.dtype)
        view: Array = large[(slice(None, None, 2),) * array.ndim]
        view[...] = array
        return view
    if memory == "channels_inside" and array.ndim > 2:
        inside_out: Array = np.moveaxis(np.array(np.moveaxis(array, 1, -1), order="C"), -1, 1)
        return inside_out
    if memory == "offset":
        buffer = np.empty(array.size + 3, dtype=array.dtype)
        inside: Array = buffer[3:].reshape(array.shape)
        inside[...] = array
        return inside
    if memory == "broadcast" and array.size:
        same = [bool((array == array.take([0], axis)).all()) for axis in range(array.ndim)]
        once = array[tuple(slice(0, 1) if equal else slice(None) for equal in same)]
        if once.shape != array.shape:
            return np.broadcast_to(np.array(once, order="C"), array.shape)
    copy = np.array(array, order="C")
    if memory == "readonly":
        copy.flags.writeable = False
    return copy


@dataclass(frozen=True, eq=False)
class Case:
    """One call of a target.

    `op` is "conv2d", "conv2d_backward", "max_pool2d", ... (1d and 3d likewise).  `padding` is a
    (lo, hi) pair for each axis.  `window` is for pools, `kernel`, `bias` and `groups` for
    convolutions, `dy` for backward calls, `output_padding` for transposed convolutions; their
    kernel is the convolution's, (*taps, C_out/groups, C_in).  `memory` is how the target's arrays
    lie (`arrange`).  `spelled` is a rule of `by_name` where the padding, which it gives, is said by
    a word.
    """

    op: str
    x: Array
    kernel: Array | None
    bias: Array | None
    dy: Array | None
    stride: tuple[int, ...]
    padding: Pairs
    dilation: tuple[int, ...]
    groups: int = 1
    window: tuple[int, ...] | None = None
    ceil_mode: bool = False
    count_include_pad: bool = True
    memory: str = "plain"
    output_padding: tuple[int, ...] = ()
    spelled: str = ""

    @cached_property
    def kind(self) -> str:
        """One of `op.KINDS`."""
        return Op.of(self.op).kind

    @cached_property
    def backward(self) -> bool:
        """Whether the call is for gradients."""
        return Op.of(self.op).backward

    @cached_property
    def rank(self) -> int:
        """The number of spatial axes."""
        return self.x.ndim - 2

    @cached_property
    def taps(self) -> tuple[int, ...]:
        """The size of the kernel or of the window."""
        if self.kernel is not None:
            return tuple(self.kernel.shape[:-2])
        assert self.window is not None
        return self.window

    @cached_property
    def axes(self) -> tuple[Axis, ...]:
        """The window on each axis."""
        return tuple(
            Axis(k, s, d, lo, hi, self.ceil_mode)
            for k, s, d, (lo, hi) in zip(
                self.taps, self.stride, self.dilation, self.padding, strict=True
            )
        )

    @cached_property
    def space(self) -> tuple[int, ...]:
        """Input pixels on each axis."""
        return tuple(self.x.shape[1:-1])

    @cached_property
    def out_space(self) -> tuple[int, ...]:
        """Output pixels on each axis; SpecError where no window fits."""
        if self.kind == "conv_transpose":
            more = self.output_padding or (0,) * self.rank
            sizes = zip(self.axes, self.space, more, strict=True)
            return tuple(a.input_size(n) + extra for a, n, extra in sizes)
        return tuple(a.output_size(n) for a, n in zip(self.axes, self.space, strict=True))

    @cached_property
    def out_shape(self) -> tuple[int, ...]:
        """The forward result's shape, channels last."""
        return (len(self.x), *self.out_space, self.outputs)

    @cached_property
    def outputs(self) -> int:
        """Channels of the forward result."""
        if self.kernel is None:
            return int(self.x.shape[-1])
        if self.kind == "conv_transpose":
            return int(self.kernel.shape[-2]) * self.groups
        return int(self.kernel.shape[-1])

    @cached_property
    def base(self) -> Case:
        """Of a transposed convolution, the convolution of which it is the transpose.

        Its image has the shape of this one's output, and its output that of this one's input.
        """
        blank = np.zeros(self.out_shape, self.x.dtype)
        return replace(
            self,
            op=str(Op("conv", self.rank, backward=True)),
            x=blank,
            bias=None,
            dy=self.x,
            output_padding=(),
        )

    @property
    def respelled(self) -> Case:
        """Where a word says the padding: with what it stands for at these sizes."""
        if not self.spelled:
            return self
        extents = [axis.extent for axis in self.axes]
        pads = by_name.pads(self.spelled, self.space, extents, self.stride)
        return self if pads == self.padding else replace(self, padding=pads)

    @cached_property
    def hollow(self) -> bool:
        """Whether some window of a max-pool steps over the whole image: the maximum of nothing."""
        return self.kind == "max_pool" and hollow(self.axes, self.space)

    @cached_property
    def overhangs(self) -> bool:
        """Whether in ceil mode a last window reaches beyond image and padding."""
        sizes = zip(self.axes, self.space, self.out_space, strict=True)
        return self.ceil_mode and any(
            a.stride * (out - 1) + a.extent > n + a.pad_lo + a.pad_hi for a, n, out in sizes
        )

    @cached_property
    def starts_late(self) -> bool:
        """Whether rounding up alone would add a window that starts beyond the image.

        It is left out by PyTorch's rule, which is ours.
        """
        sizes = zip(self.axes, self.space, self.out_space, strict=True)
        return self.ceil_mode and any(
            -((a.extent - n - a.pad_lo - a.pad_hi) // a.stride) + 1 > out for a, n, out in sizes
        )

    @cached_property
    def forward(self) -> Case:
        """The forward call this backward call belongs to."""
        return replace(self, op=str(Op.of(self.op).forward), dy=None)

    @cached_property
    def arrays(self) -> dict[str, Array]:
        """The arrays it has, by name."""
        named = {"x": self.x, "kernel": self.kernel, "bias": self.bias, "dy": self.dy}
        return {name: array for name, array in named.items() if array is not None}

    def replace(self, **changes: Any) -> Case:
        """The same call with some fields changed."""
        return replace(self, **changes)

    def describe(self) -> str:
        """One line: the call without its numbers."""
        parts = [f"{name} {array.shape}" for name, array in self.arrays.items()]
        parts.append(f"dtype {self.x.dtype}")
        if self.window is not None:
            parts.append(f"window {self.window}")
        parts += [f"stride {self.stride}", f"padding {self.padding}"]
        if any(d != 1 for d in self.dilation):
            parts.append(f"dilation {self.dilation}")
        for name, default in (
            ("groups", 1),
            ("ceil_mode", False),
            ("count_include_pad", True),
            ("memory", "plain"),
            ("output_padding", ()),
            ("spelled", ""),
        ):
            value = getattr(self, name)
            if value != default:
                parts.append(f"{name} {value}")
        return f"{self.op}({', '.join(parts)})"


def hollow(axes: Sequence[Axis], space: Sequence[int]) -> bool:
    """Whether a window has no tap on the image, on some axis; only dilation brings that about.

    >>> hollow((Axis(2, dilation=2, pad_lo=1, pad_hi=1),), (1,))
    True
    """
    for axis, size in zip(axes, space, strict=True):
        if axis.dilation == 1:
            continue
        for o in range(axis.output_size(size)):
            first = axis.stride * o - axis.pad_lo
            if not any(0 <= first + axis.dilation * k < size for k in range(axis.kernel)):
                return True
    return False

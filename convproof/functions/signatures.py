"""The signatures of the public functions, as type checkers and editors show them.

mypy holds the functions to them: a parameter that one side lacks is an error.
"""

from __future__ import annotations

from typing import Literal, Protocol, overload

from convproof.arguments import Padding, PerAxis
from convproof.functions.arrays import Array, ArrayLike, Layout
from convproof.functions.call import Gradients
from convproof.functions.verified import Known
from convproof.spec import Activation, PaddingMode


class ConvForward(Known, Protocol):
    """A convolution."""

    def __call__(
        self,
        x: ArrayLike,
        kernel: ArrayLike,
        bias: ArrayLike | None = None,
        *,
        stride: PerAxis = 1,
        padding: Padding = 0,
        dilation: PerAxis = 1,
        groups: int = 1,
        padding_mode: PaddingMode = "zeros",
        activation: Activation | None = None,
        layout: Layout = "channels_last",
        schedule: str | None = None,
    ) -> Array:
        """Run the generated code on checked arguments."""
        ...


class ConvBackward(Known, Protocol):
    """The gradients of a convolution."""

    def __call__(
        self,
        dy: ArrayLike,
        x: ArrayLike,
        kernel: ArrayLike,
        bias: ArrayLike | None = None,
        *,
        stride: PerAxis = 1,
        padding: Padding = 0,
        dilation: PerAxis = 1,
        groups: int = 1,
        padding_mode: PaddingMode = "zeros",
        activation: Activation | None = None,
        layout: Layout = "channels_last",
        schedule: str | None = None,
    ) -> Gradients:
        """Run the generated code on checked arguments."""
        ...


class TransposeForward(Known, Protocol):
    """A transposed convolution."""

    def __call__(
        self,
        x: ArrayLike,
        kernel: ArrayLike,
        bias: ArrayLike | None = None,
        *,
        stride: PerAxis = 1,
        padding: Padding = 0,
        output_padding: PerAxis = 0,
        dilation: PerAxis = 1,
        groups: int = 1,
        layout: Layout = "channels_last",
    ) -> Array:
        """Run the generated code on checked arguments."""
        ...


class TransposeBackward(Known, Protocol):
    """The gradients of a transposed convolution."""

    def __call__(
        self,
        dy: ArrayLike,
        x: ArrayLike,
        kernel: ArrayLike,
        bias: ArrayLike | None = None,
        *,
        stride: PerAxis = 1,
        padding: Padding = 0,
        output_padding: PerAxis = 0,
        dilation: PerAxis = 1,
        groups: int = 1,
        layout: Layout = "channels_last",
    ) -> Gradients:
        """Run the generated code on checked arguments."""
        ...


class MaxForward(Known, Protocol):
    """A max-pooling: the maxima, or the maxima and their numbers."""

    @overload
    def __call__(
        self,
        x: ArrayLike,
        window: PerAxis,
        *,
        stride: PerAxis | None = None,
        padding: Padding = 0,
        dilation: PerAxis = 1,
        ceil_mode: bool = False,
        return_indices: Literal[False] = False,
        layout: Layout = "channels_last",
        schedule: str | None = None,
    ) -> Array: ...

    @overload
    def __call__(
        self,
        x: ArrayLike,
        window: PerAxis,
        *,
        stride: PerAxis | None = None,
        padding: Padding = 0,
        dilation: PerAxis = 1,
        ceil_mode: bool = False,
        return_indices: Literal[True],
        layout: Layout = "channels_last",
        schedule: str | None = None,
    ) -> tuple[Array, Array]: ...

    @overload
    def __call__(
        self,
        x: ArrayLike,
        window: PerAxis,
        *,
        stride: PerAxis | None = None,
        padding: Padding = 0,
        dilation: PerAxis = 1,
        ceil_mode: bool = False,
        return_indices: bool,
        layout: Layout = "channels_last",
        schedule: str | None = None,
    ) -> Array | tuple[Array, Array]: ...


class MaxBackward(Known, Protocol):
    """The gradient of a max-pooling."""

    def __call__(
        self,
        dy: ArrayLike,
        x: ArrayLike,
        window: PerAxis,
        *,
        indices: ArrayLike | None = None,
        stride: PerAxis | None = None,
        padding: Padding = 0,
        dilation: PerAxis = 1,
        ceil_mode: bool = False,
        layout: Layout = "channels_last",
        schedule: str | None = None,
    ) -> Array:
        """Run the generated code on checked arguments."""
        ...


class AvgForward(Known, Protocol):
    """An average-pooling."""

    def __call__(
        self,
        x: ArrayLike,
        window: PerAxis,
        *,
        stride: PerAxis | None = None,
        padding: Padding = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
        layout: Layout = "channels_last",
        schedule: str | None = None,
    ) -> Array:
        """Run the generated code on checked arguments."""
        ...


class AvgBackward(Known, Protocol):
    """The gradient of an average-pooling."""

    def __call__(
        self,
        dy: ArrayLike,
        x: ArrayLike,
        window: PerAxis,
        *,
        stride: PerAxis | None = None,
        padding: Padding = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
        layout: Layout = "channels_last",
        schedule: str | None = None,
    ) -> Array:
        """Run the generated code on checked arguments."""
        ...

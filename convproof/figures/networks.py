"""Networks drawn: edge kernels on a photograph, copies of a weight, the twin's matrix, learning."""

from __future__ import annotations

import io
import re
from typing import Any

import numpy as np

from convproof.errors import MissingExtra
from convproof.figures.registry import figure
from convproof.networks.learned import HORIZONTAL, VERTICAL, learn_kernel
from convproof.networks.matrix import as_matrix
from convproof.networks.samples import load
from convproof.networks.untied import untie
from convproof.spec import Conv

TOP, LEFT, SIDE = 90, 150, 160  # of what is shown of a photograph, in pixels
BLUE_RED = "RdBu"


def photograph(number: int) -> np.ndarray[Any, Any]:
    """A part of one of the photographs that scikit-learn ships: (SIDE, SIDE, 3), 0 to 1."""
    image = load("the photograph").load_sample_images().images[number]  # type: ignore[attr-defined]  # untyped here
    part: np.ndarray[Any, Any] = image[TOP : TOP + SIDE, LEFT : LEFT + SIDE].astype(float) / 255
    return part


def panels(count: int, height: float = 2.6) -> tuple[Any, Any]:
    """A row of matplotlib axes without ticks."""
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingExtra.of("matplotlib", "report", "a picture of a network") from None
    mpl.rcParams["svg.hashsalt"] = "convproof"  # the same bytes each time
    page = Figure(figsize=(2.4 * count, height), layout="constrained")
    axes = page.subplots(1, count, squeeze=False)[0]
    for one in axes:
        one.set_xticks([])
        one.set_yticks([])
    return page, axes


def as_svg(page: Any, title: str) -> str:
    """The page as SVG, from its first tag on, sizes in pixels and with a title for readers."""
    stream = io.StringIO()
    page.savefig(stream, format="svg", metadata={"Date": None})
    text = stream.getvalue()
    text = text[text.index("<svg") :]
    head, rest = text.split(">", 1)
    head = re.sub(r'((?:width|height)="[\d.]+)pt"', r'\1"', head)
    return f'{head} role="img" aria-label="{title}">{rest}'


def signed(axes: Any, values: Any, title: str) -> None:
    """Values around zero: positive blue, negative red."""
    most = float(np.abs(values).max()) or 1.0
    axes.imshow(values, cmap=BLUE_RED, vmin=-most, vmax=most, interpolation="nearest")
    axes.set_title(title, fontsize=9)


@figure(
    "A photograph of a Chinese temple in grey; the output of the vertical edge detector (10.2), "
    "large where the left is brighter than the right; and that of the horizontal one (10.3), large "
    "where the top is brighter. Positive outputs are blue, negative ones red."
)
def edge_kernels() -> str:
    """The chapter's edge kernels on a real photograph."""
    from convproof.functions import conv2d

    grey = photograph(0).mean(axis=-1)
    page, axes = panels(3)
    axes[0].imshow(grey, cmap="gray", vmin=0, vmax=1)
    axes[0].set_title("the photograph", fontsize=9)
    signed(axes[1], conv2d(grey, VERTICAL.astype(float)), "vertical edges (10.2)")
    signed(axes[2], conv2d(grey, HORIZONTAL.astype(float)), "horizontal edges (10.3)")
    return as_svg(page, "edges of a photograph")


@figure(
    "A photograph of a flower in colour; the output of the red edge kernel (10.4), which reads the "
    "red channel alone; and that of the vertical edge kernel on all three channels. The red kernel "
    "fires on every edge with a red part, white ones too."
)
def red_edges() -> str:
    """(10.4) on a real photograph."""
    from convproof.functions import conv2d

    colour = photograph(1)
    kernel = np.zeros((3, 3, 3, 1))
    kernel[:, :, 0, 0] = VERTICAL
    page, axes = panels(3)
    axes[0].imshow(colour)
    axes[0].set_title("the photograph", fontsize=9)
    signed(axes[1], conv2d(colour, kernel)[..., 0], "red edges (10.4)")
    every = np.repeat(VERTICAL[..., np.newaxis, np.newaxis], 3, axis=2).astype(float)
    signed(axes[2], conv2d(colour, every)[..., 0], "edges of all channels")
    return as_svg(page, "red edges of a photograph")


@figure(
    "The gradient of one weight of a 3x3 convolution on an 8x8 image, copy by copy: a map with one "
    "number for each of the 36 positions; their sum is the convolution's gradient."
)
def weight_copies() -> str:
    """The untied twin's gradient of each weight, and the sums (10.1.5)."""
    spec, shape = Conv(3, 1), (8, 8, 1)
    twin, rng = untie(spec, shape), np.random.default_rng(0)
    dy = rng.standard_normal((1, 6, 6, 1))
    copies = twin.gradient(dy, rng.standard_normal((1, *shape)))[..., 0, 0]
    pooled = copies.sum(axis=(0, 1))
    page, axes = panels(4)
    for panel, (k, l) in zip(axes[:3], ((0, 0), (1, 1), (2, 2)), strict=True):
        sign = f"{pooled[k, l]:+.2f}"
        signed(panel, copies[:, :, k, l], f"copies of K[{k + 1},{l + 1}], sum {sign}")
    signed(axes[3], pooled, "the sums: dL/dK")
    return as_svg(page, "copies of a weight's gradient")


@figure(
    "The matrix of a fully connected layer that equals a 3x3 convolution with padding 1 on an 8x8 "
    "image: 64 rows and 64 columns in 8 by 8 blocks along three diagonals, nine weights in nine "
    "colours, and white where the weight is zero."
)
def doubly_blocked_toeplitz() -> str:
    """The fully connected twin's matrix."""
    ties = as_matrix(Conv(3, padding=1), np.ones((3, 3)), (8, 8), with_ties=True)[1]
    shown = np.full((64, 64), np.nan)
    shown[ties.outputs, ties.inputs] = ties.weights
    page, axes = panels(1, 3.6)
    axes[0].imshow(shown, cmap="viridis", interpolation="nearest")
    title = f"{len(ties)} of {shown.size} weights, {ties.copies.size} of them different"
    axes[0].set_title(title, fontsize=8)
    return as_svg(page, "a doubly blocked Toeplitz matrix")


@figure(
    "A random 3x3 kernel, the same after it was trained to reproduce the edge detector's output on "
    "a photograph, and the edge detector (10.2) itself: the last two are alike."
)
def learned_kernel() -> str:
    """A kernel that starts random and is trained to be (10.2)."""
    grey = np.rint(255 * photograph(0)[:64, :64].mean(axis=-1)).astype(int)
    found = learn_kernel(grey)
    page, axes = panels(3)
    signed(axes[0], found.start, "at random")
    signed(axes[1], found.kernel, f"after {found.steps} steps")
    signed(axes[2], found.wanted, "(10.2)")
    return as_svg(page, "a learned kernel")

"""Spectra: tiles of the image and the kernel transformed, and their products sent back.

For large kernels of few channels: what a tile costs does not depend on how many taps there are.
Tiles overlap by the kernel's reach (overlap-save), so that what is under way stays in the cache and
the kernel's own transform is a tile's, not an image's.  Where all numbers are whole ones, whose
sums are exact, the public functions leave it alone unless they are asked for it.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from convproof.lower.lengths import length
from convproof.schedules.im2row import roomy
from convproof.schedules.layer import Layer
from convproof.schedules.registry import Extra, Goal, Schedule, register
from convproof.spec import Conv

if TYPE_CHECKING:
    from convproof.derive.step import Derivation
    from convproof.lower.program import Program

MOST_CHANNELS = 16  # in times out: each pair takes a product of spectra, as a matrix would not
SIDES = {1: 4096, 2: 192, 3: 32}  # of tiles, about, that caches hold
ROOM = 3  # times the arrays' own numbers that may be under way
BLOCK_NUMBERS = 2**18  # pixels of the tiles of a block


@register
class Fft(Schedule):
    """Overlap-save."""

    name = "fft"
    summary = "spectra of overlapping tiles, multiplied"
    ops = ("conv",)
    goals = ("forward", "gradient x", "gradient kernel")
    extra = ("step", "block")
    mixes = True
    exact = "roots"
    margin = 2.0  # a large number's rounding is met in its whole tile

    def suits(self, goal: Goal, layer: Layer) -> bool:
        """Stride 1, few channels, and no more zeros than an image bears."""
        window = layer.window
        if set(window.stride) != {1} or layer.depth * layer.outputs > MOST_CHANNELS:
            return False
        return roomy(window.inner_space, self.whole(goal, layer))

    def reach(self, layer: Layer) -> Extra:
        """The pixels that a tile reads beyond its outputs."""
        pairs = zip(layer.window.dilation, layer.window.taps, strict=True)
        return tuple(gap * (taps - 1) for gap, taps in pairs)

    def space(self, goal: Goal, layer: Layer) -> Extra:
        """The positions that are cut into tiles."""
        return layer.window.inner_space if goal == "gradient x" else layer.window.out

    def whole(self, goal: Goal, layer: Layer) -> Extra:
        """The pixels that the only tile of an image would have."""
        return tuple(map(sum, zip(self.space(goal, layer), self.reach(layer), strict=True)))

    def arguments(self, goal: Goal, layer: Layer) -> Extra:
        """The step that leaves least to be transformed, and rows whose tiles the cache holds."""
        reach, side = self.reach(layer), SIDES[layer.window.rank]
        high = self.space(goal, layer)[0]
        most = max(self.whole(goal, layer))
        # A sum's tiles are always the same, whoever shares them.
        threads = 2 if goal == "gradient kernel" else layer.threads
        part = -(-high // threads) + reach[0] if layer.images < threads else most
        wanted = {part, *(max(side, factor * max(reach)) for factor in (2, 3, 4, 6))}
        wanted |= {-(-max(self.space(goal, layer)) // parts) + max(reach) for parts in (2, 3, 4)}
        steps = {max(1, length(min(most, one)) - max(reach)) for one in wanted}
        if layer.images < threads:  # a row of tiles for each thread
            steps = {one for one in steps if one < high} or {max(1, high // 2)}
        arrays = sum(map(prod, (layer.image_shape, layer.kernel_shape, layer.flow_shape)))

        def worth(step: int) -> tuple[bool, int, int]:
            fixed, task, tasks = self.workspace(goal, layer, (step, 1))
            crowded = fixed + task * min(tasks, threads) > ROOM * arrays
            return crowded, self.points(goal, layer, step), step

        step = min(steps, key=worth)
        rows = BLOCK_NUMBERS // max(1, self.points(goal, layer, step) // -(-high // step))
        return step, max(1, rows)

    def points(self, goal: Goal, layer: Layer, step: int) -> int:
        """The numbers of all tiles of an image."""
        sides = zip(self.space(goal, layer), self.reach(layer), strict=True)
        found = prod(-(-size // step) * length(step + more) for size, more in sides)
        return found * layer.groups * (layer.depth + layer.outputs)

    def workspace(self, goal: Goal, layer: Layer, extra: Extra) -> tuple[int, int, int]:
        """The kernel's spectrum; a task's image with zeros, and its tiles' spectra."""
        step, block = extra
        high, *across = (-(-size // step) for size in self.space(goal, layer))
        tile = prod(length(step + more) + 2 for more in self.reach(layer)) * layer.groups
        rows = max(1, min(block, layer.images * high))
        tiles = rows * prod(across) * tile
        tasks = -(-layer.images * high // rows)
        depth, outputs = layer.depth, layer.outputs
        if goal == "gradient x":
            depth, outputs = outputs, depth
        kernel = tile * depth * outputs
        if goal == "gradient kernel":
            return kernel, tiles * 3 * (depth + outputs) + kernel, tasks
        return kernel, tiles * (3 * depth + 2 * outputs), tasks

    def borders(self, goal: Goal, layer: Layer) -> list[Extra]:
        """Single rows of small tiles, whole images, several, all."""
        high = -(-self.space(goal, layer)[0] // 2)
        blocks = sorted({1, 2, high, high + 1, layer.images * high})
        return [(2, 1), (3, 2), *((2, block) for block in blocks)]

    def example(self, op: str, rank: int) -> tuple[Conv, tuple[int, ...]] | None:
        """A layer of stride 1, dilated, with a tile that is not whole."""
        taps, gaps = (2, 1, 2)[:rank], (2, 1, 1)[:rank]
        groups = 1 + rank % 2
        return Conv(taps, groups, dilation=gaps, padding=1, groups=groups), (
            1,
            *(3, 2, 2)[:rank],
            2,
        )

    def lower(self, derivation: Derivation, goal: Goal) -> Program:
        """Tiles, their spectra, products, and what is kept of the way back."""
        from convproof.lower.rotated import lower_rotated
        from convproof.lower.spectral import lower_spectral

        title, doc = self.function("conv", goal), self.doc("conv", goal)
        if goal == "gradient x":
            forward = self.lower(derivation, "forward")
            return lower_rotated(derivation, forward, title, doc)
        return lower_spectral(derivation, goal, title, doc)

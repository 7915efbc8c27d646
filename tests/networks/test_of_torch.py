"""PyTorch modules and ONNX files: branches, skips and dilation, held against poison."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import convproof as cp
from convproof.networks.poison import dependence

torch = pytest.importorskip("torch")
nn = torch.nn


class Residual(nn.Module):  # type: ignore[misc]  # torch is untyped here
    def __init__(self, inner: int, outer: int, stride: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(inner, outer, 3, stride, 1, bias=False)
        self.norm = nn.BatchNorm2d(outer)
        self.second = nn.Conv2d(outer, outer, 3, 1, 2, dilation=2)
        self.skip = nn.Conv2d(inner, outer, 1, stride)

    def forward(self, x: Any) -> Any:
        y = nn.functional.gelu(self.norm(self.first(x)))
        return torch.tanh(self.second(y) + self.skip(x))


class Branches(nn.Module):  # type: ignore[misc]  # likewise
    """A cross of 1 x 3 and 3 x 1, a pool beside it, and a dilated branch."""

    def __init__(self, inner: int) -> None:
        super().__init__()
        self.row = nn.Conv2d(inner, 2, (1, 3), padding=(0, 1))
        self.column = nn.Conv2d(inner, 2, (3, 1), padding=(1, 0))
        self.far = nn.Conv2d(inner, 1, 3, padding=3, dilation=3)

    def forward(self, x: Any) -> Any:
        return torch.cat([self.row(x), self.column(x), self.far(x)], 1)


class Skips(nn.Module):  # type: ignore[misc]  # likewise
    """Down, up, and a skip beside: an autoencoder's shape."""

    def __init__(self) -> None:
        super().__init__()
        self.down = nn.Conv2d(1, 2, 3, 2, 1)
        self.up = nn.ConvTranspose2d(2, 2, 2, 2)
        self.out = nn.Conv2d(3, 1, 3, padding=1)

    def forward(self, x: Any) -> Any:
        return self.out(torch.cat([self.up(torch.tanh(self.down(x))), x], 1))


class Gate(nn.Module):  # type: ignore[misc]  # likewise
    """Squeeze and excitation: every output sees the whole image."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 2, 3)
        self.gate = nn.Conv2d(2, 2, 1)

    def forward(self, x: Any) -> Any:
        y = self.conv(x)
        return y * torch.sigmoid(self.gate(y.mean((2, 3), keepdim=True)))


class Classifier(nn.Module):  # type: ignore[misc]  # likewise
    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(1, 2, 3, 2, 1), nn.ReLU(), nn.MaxPool2d(3, 2, 1))
        self.block = Residual(2, 2, 1)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(2, 3)

    def forward(self, x: Any) -> Any:
        return self.fc(torch.flatten(self.pool(self.block(self.stem(x))), 1))


MODULES: dict[str, tuple[Callable[[], Any], tuple[int, ...]]] = {
    "residual": (lambda: Residual(1, 2, 2), (1, 9, 8)),
    "branches": (lambda: Branches(1), (1, 8, 7)),
    "skips": (Skips, (1, 8, 8)),
    "gate": (Gate, (1, 6, 5)),
    "classifier": (Classifier, (1, 12, 12)),
    "one axis": (
        lambda: nn.Sequential(
            nn.Conv1d(1, 2, 3, padding="same", dilation=2), nn.AvgPool1d(2),
            nn.Upsample(scale_factor=2), nn.ReflectionPad1d(2), nn.Conv1d(2, 1, 2),
        ), (1, 12)),
    "three axes": (
        lambda: nn.Sequential(
            nn.Conv3d(1, 2, (1, 2, 3), padding=(0, 1, 1), padding_mode="circular"), nn.GELU(),
            nn.MaxPool3d(2, 1),
        ), (1, 3, 4, 4)),
}  # fmt: skip


def made(name: str) -> tuple[Any, tuple[int, ...]]:
    make, shape = MODULES[name]
    torch.manual_seed(0)
    return make().double().eval(), shape


def runs(module: Any) -> Callable[[Any], Any]:
    def run(x: Any) -> Any:
        with torch.no_grad():
            y = module(torch.from_numpy(np.ascontiguousarray(np.moveaxis(x, -1, 1)))).numpy()
        return np.moveaxis(y, 1, -1)

    return run


def hold(graph: Any, reached: Any) -> None:
    """The graph's last node reads exactly what poison reached it from."""
    last = len(graph.nodes) - 1
    for place in itertools.product(*(range(size) for size in graph.nodes[last].space)):
        seen = reached[(slice(None),) * graph.rank + place]
        np.testing.assert_array_equal(graph.pixels(last, place), seen)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_reads_what_poison_reaches(name: str) -> None:
    module, shape = made(name)
    found = cp.explain(module, shape)
    space = shape[1:]
    hold(found.graph, dependence(runs(module), (*space, shape[0]), len(space)))
    assert found.parameters == sum(p.numel() for p in module.parameters())
    batch = cp.explain(module, (1, *shape))
    assert [row.field.size for row in batch.rows] == [row.field.size for row in found.rows]


@pytest.mark.parametrize("name", ["residual", "branches", "skips", "one axis"])
@pytest.mark.parametrize("shift", [1, 2, -2, 4])
def test_a_modules_region(name: str, shift: int) -> None:
    """On random images the outputs in the region shift, and the others do not."""
    module, shape = made(name)
    rank = len(shape) - 1
    found = cp.explain(module, shape, shift=shift).rows[-1].region
    if found.output_shift is None:
        return
    rng = np.random.default_rng(0)
    x = rng.standard_normal((8, *shape[1:], 1))
    moved = np.roll(x, (shift,) * rank, axis=tuple(range(1, rank + 1)))
    came = np.zeros(moved.shape, bool)
    for axis in range(1, rank + 1):
        spot = np.arange(moved.shape[axis]) - shift
        came[(slice(None),) * axis + ((spot < 0) | (spot >= moved.shape[axis]),)] = True
    moved = np.where(came, rng.standard_normal(moved.shape), moved)
    y, z = (np.moveaxis(runs(module)(a), 0, -1) for a in (x, moved))
    for place in itertools.product(*(range(n) for n in found.mask.shape)):
        back = [p - s for p, s in zip(place, found.output_shift, strict=True)]
        there = all(0 <= b < n for b, n in zip(back, found.mask.shape, strict=True))
        same = there and bool(np.allclose(z[place], y[tuple(back)], rtol=1e-9, atol=1e-9))
        assert same == found.mask[place], place


def test_a_cross_is_no_box() -> None:
    found = cp.explain(nn.Sequential(Branches(1)), (1, 15, 15)).rows[-1].field
    assert found.size == (7, 7)
    wanted = np.zeros((7, 7), bool)
    wanted[3, 2:5] = wanted[2:5, 3] = wanted[::3, ::3] = True
    np.testing.assert_array_equal(found.taps, wanted)


def test_what_is_not_known_is_named() -> None:
    class Shuffle(nn.Module):  # type: ignore[misc]  # torch is untyped here
        def forward(self, x: Any) -> Any:
            return torch.fft.fft(x).real

    with pytest.raises(cp.SpecError, match=r"fft.*not known here"):
        cp.explain(Shuffle(), (1, 4, 4))
    with pytest.raises(cp.SpecError, match="several sizes"):
        cp.explain(nn.Sequential(nn.AdaptiveAvgPool2d(3)), (1, 7, 7))
    with pytest.raises(cp.SpecError, match="input_shape"):
        cp.explain(nn.Sequential(nn.Conv2d(3, 2, 3)), (1, 7, 7))

    class Branching(nn.Module):  # type: ignore[misc]  # likewise
        def forward(self, x: Any) -> Any:
            return x if x.sum() > 0 else -x

    with pytest.raises(cp.SpecError, match=r"torch\.fx cannot trace"):
        cp.explain(Branching(), (1, 4, 4))


def test_a_module_is_left_as_it_was() -> None:
    module = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2)).train()
    cp.explain(module, (1, 6, 6))
    assert all(part.training for part in module.modules())
    assert int(module[1].num_batches_tracked) == 0


@pytest.mark.parametrize("name", ["residual", "branches", "skips", "gate", "classifier"])
def test_an_onnx_file_is_the_module(name: str, tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    module, shape = made(name)
    path = tmp_path / "model.onnx"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns of itself
        torch.onnx.export(module.float(), torch.zeros(1, *shape), str(path), dynamo=False)
    found, known = cp.explain(path, shape), cp.explain(module, shape)
    one, other = found.rows[-1], known.rows[-1]
    assert one.shape == other.shape
    assert (one.field.size, one.field.stride, one.field.start) == (
        other.field.size, other.field.stride, other.field.start
    )  # fmt: skip
    np.testing.assert_array_equal(one.field.taps, other.field.taps)
    space = shape[1:]
    hold(found.graph, dependence(runs(module.double()), (*space, shape[0]), len(space)))

"""Modules of PyTorch: branches, skips, gates and dilation."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

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

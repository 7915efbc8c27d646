"""How many samples a ConvNet and a fully connected net need, on images that scikit-learn ships.

Both nets have the same number of parameters (as nearly as whole units allow), the same steps, batch
and learning rate, and see the same images in the same order.  "Shifted" test images are moved by
one pixel, zeros coming in, in a direction drawn for each image.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import prod

import numpy as np

from convproof.errors import MissingExtra, SpecError
from convproof.functions.arrays import Array, Sizes
from convproof.networks.layers import Dense, Flatten, Layer
from convproof.networks.sequential import Sequential
from convproof.spec import Conv, MaxPool

TASKS = ("digits", "photographs")
NETS = ("convolutional", "fully connected")
TESTED = 450  # images that no net is trained on
SIDE = 12  # pixels of a photograph's patch
PATCHES = 900  # of each photograph, and of each half
RATE, MOMENTUM, BATCH = 0.05, 0.9, 32


@dataclass(frozen=True, eq=False)
class Task:
    """Images (N, H, W, 1), float32, and class numbers; those to be tested on are apart."""

    x: Array
    labels: Array
    test_x: Array
    test_labels: Array
    classes: int


def load(purpose: str) -> object:
    """`sklearn.datasets`, or the error that says how to get it."""
    try:
        from sklearn import datasets
    except ImportError:
        raise MissingExtra.of("scikit-learn", "study", purpose) from None
    return datasets


@lru_cache(maxsize=8)
def task(name: str, seed: int) -> Task:
    """The images of a task, split by `seed`.

    digits: 1797 handwritten ones of 8 x 8, ten classes.  photographs: patches of 12 x 12 grey
    pixels, each with mean 0 and deviation 1, of the two photographs: from which one?  Training
    patches are from the left halves, test patches from the right ones.

    Raises:
        SpecError: for another name.
        MissingExtra: without scikit-learn.
    """
    rng = np.random.default_rng([2021, seed])
    if name == "digits":
        found = load("the digits").load_digits()  # type: ignore[attr-defined]  # sklearn is untyped here
        x = (found.images[..., np.newaxis] / 16).astype(np.float32)
        order = rng.permutation(len(x))
        x, labels = x[order], found.target[order]
        return Task(x[TESTED:], labels[TESTED:], x[:TESTED], labels[:TESTED], 10)
    if name != "photographs":
        raise SpecError.one_of("task", name, TASKS)
    images = load("the photographs").load_sample_images().images  # type: ignore[attr-defined]  # likewise
    halves = []
    for right in (False, True):
        patches, labels = [], []
        for label, image in enumerate(images):
            grey = image.astype(np.float32).mean(axis=-1)
            middle = grey.shape[1] // 2
            half = grey[:, middle:] if right else grey[:, :middle]
            patches.append(cut(half, PATCHES, rng))
            labels.append(np.full(PATCHES, label))
        order = rng.permutation(2 * PATCHES)
        halves.append((np.concatenate(patches)[order], np.concatenate(labels)[order]))
    (x, labels), (test_x, test_labels) = halves
    return Task(x, labels, test_x[:TESTED], test_labels[:TESTED], 2)


def cut(image: Array, count: int, rng: np.random.Generator) -> Array:
    """Random patches (count, SIDE, SIDE, 1), each with mean 0 and deviation 1."""
    tops = rng.integers(0, image.shape[0] - SIDE + 1, count)
    lefts = rng.integers(0, image.shape[1] - SIDE + 1, count)
    found = np.stack([image[t : t + SIDE, b : b + SIDE] for t, b in zip(tops, lefts, strict=True)])
    flat = found.reshape(count, -1)
    flat = flat - flat.mean(axis=1, keepdims=True)
    flat = flat / (flat.std(axis=1, keepdims=True) + 1e-3)
    return np.asarray(flat.reshape(count, SIDE, SIDE, 1), np.float32)


def shifted(x: Array, rng: np.random.Generator) -> Array:
    """Each image moved by one pixel up, down, left or right, zeros coming in."""
    wide = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
    moves = np.array([(0, 1), (2, 1), (1, 0), (1, 2)])[rng.integers(0, 4, len(x))]
    rows, columns = x.shape[1:3]
    return np.stack(
        [w[t : t + rows, b : b + columns] for w, (t, b) in zip(wide, moves, strict=True)]
    )


def nets(shape: Sizes, classes: int) -> dict[str, list[Layer]]:
    """The two nets: the fully connected one has as many hidden units as the budget buys."""
    conv: list[Layer] = [
        Conv(3, 8, padding=1, activation="relu"), MaxPool(2),
        Conv(3, 16, padding=1, activation="relu"), MaxPool(2), Flatten(), Dense(classes),
    ]  # fmt: skip
    budget = sum(p.size for p in Sequential(conv).init(0, shape).parameters.values())
    # units * (pixels + 1) + classes * (units + 1)
    units = max(1, round((budget - classes) / (prod(shape) + 1 + classes)))
    dense: list[Layer] = [Flatten(), Dense(units, activation="relu"), Dense(classes)]
    return dict(zip(NETS, (conv, dense), strict=True))


def trial(name: str, kind: str, count: int, seed: int, steps: int) -> dict[str, float]:
    """The test accuracy of one net trained on `count` images: on test images, and shifted ones."""
    data = task(name, seed)
    if not 1 <= count <= len(data.x):
        raise SpecError.of("count", count, f"1 to {len(data.x)} images")
    shape = data.x.shape[1:]
    net = Sequential(nets(shape, data.classes)[kind]).init(seed, shape)
    settings = {"rate": RATE, "momentum": MOMENTUM, "batch": BATCH, "seed": seed}
    net.fit(data.x[:count], data.labels[:count], steps=steps, **settings)  # type: ignore[arg-type]  # int and float
    moved = shifted(data.test_x, np.random.default_rng([7, seed]))
    return {
        "plain": accuracy(net, data.test_x, data.test_labels),
        "shifted": accuracy(net, moved, data.test_labels),
    }


def accuracy(net: Sequential, x: Array, labels: Array) -> float:
    """The share of images whose class has the largest output."""
    return float((net.forward(x).argmax(axis=-1) == labels).mean())

"""A network written out as one expression."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import IndexedBase, Symbol, expand, lambdify

import convproof as cp
from tests.networks.examples import made


def test_what_is_written_out_is_the_loss_differentiated() -> None:
    """A second chain rule, SymPy's own, on the loss written out in inputs and parameters."""
    net = made([cp.Conv((2,), 2, padding=((1, 0),)), cp.Flatten(), cp.Dense(2)], (2, 1))
    found = net.derive("squared")
    loss = found.written_out("loss", (), batch=2)
    letters = {"0.kernel": "K_0", "0.bias": "b_0", "2.kernel": "K_2", "2.bias": "b_2", "x": "A_0"}
    for key, letter in letters.items():
        shape = (2, 2, 1) if key == "x" else net.parameters[key].shape
        for place in np.ndindex(*shape):
            index = tuple(i + 1 for i in place)
            derived = found.written_out(key, index, batch=2)
            assert expand(derived - loss.diff(IndexedBase(letter)[index])) == 0


def test_kinks_written_out() -> None:
    """ReLU and max-pool: every entry, evaluated on random numbers, is the gradient."""
    shape = (4, 1)
    net = made([cp.Conv((2,), 1, activation="relu"), cp.MaxPool((2,), stride=1), cp.Flatten(),
                cp.Dense(2)], shape)  # fmt: skip
    found = net.derive("squared")
    rng = np.random.default_rng(0)
    x, target = rng.standard_normal((1, *shape)), rng.standard_normal((1, 2))
    got = net.gradients(x, target, "squared")
    arrays = {"A_0": x, "T": target, "K_0": net.parameters["0.kernel"]}
    arrays |= {"b_0": net.parameters["0.bias"], "K_3": net.parameters["3.kernel"]}
    arrays["b_3"] = net.parameters["3.bias"]
    for key in got:
        for place in np.ndindex(*got[key].shape):
            expr = found.written_out(key, tuple(i + 1 for i in place))
            entries = sorted(expr.free_symbols, key=str)
            entries = [e for e in entries if getattr(e, "indices", ())]
            names = [Symbol(f"v{n}") for n in range(len(entries))]
            numbers = [arrays[str(e.base)][tuple(int(i) - 1 for i in e.indices)] for e in entries]
            plain = expr.xreplace(dict(zip(entries, names, strict=True)))
            value = lambdify(names, plain, "math")(*numbers)
            assert value == pytest.approx(got[key][place], rel=1e-12, abs=1e-12)

"""Learners, and the symmetries they are held to."""

from __future__ import annotations

import numpy as np
import pytest

from convproof.errors import SpecError
from convproof.study import separation
from convproof.study.engine import Cell
from convproof.study.learners import LEARNERS, find, ridge_quadratic
from convproof.theory.groups import haar, permutation


@pytest.mark.parametrize("name", [n for n, l in LEARNERS.items() if l.symmetry != "nothing"])
def test_the_symmetries_that_learners_are_held_to_are_theirs(name):
    """Deterministic ones: fit on turned inputs is the turned fit."""
    if not name.startswith("ridge"):
        return  # nets: in law only; the next test couples their first weights
    rng = np.random.default_rng(0)
    x, z = rng.standard_normal((60, 8)), rng.standard_normal((200, 8))
    turn = (haar if LEARNERS[name].symmetry == "orthogonal" else permutation)(8, rng)
    y = separation.labels(x)
    plain, other = find(name)(x, y, rng)(z), find(name)(x @ turn.T, y, rng)(z @ turn.T)
    assert np.mean(plain != other) < 0.01
    if LEARNERS[name].symmetry == "permutation":  # and no more than that
        turn = haar(8, rng)
        assert np.mean(plain != find(name)(x @ turn.T, y, rng)(z @ turn.T)) > 0.05


def test_ridge_by_kernel_and_by_products_agree():
    rng = np.random.default_rng(0)
    x, z = rng.standard_normal((40, 8)), rng.standard_normal((500, 8))
    y = separation.labels(x)
    few = ridge_quadratic(x[:36], y[:36], rng)(z)
    again = ridge_quadratic(np.concatenate([x[:36], 1e-9 * x[:1]]), np.append(y[:36], 1), rng)(z)
    assert np.mean(few != again) < 0.01  # 36 samples: the kernel; 37: the products


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("return 3", "returned a int"),
        ("raise ValueError('no')", "raised ValueError: no"),
        ("return lambda z: z", "gave shape"),
        ("return lambda z: 1 / 0", "predict raised"),
    ],
)
def test_mistakes_of_a_users_learner_are_named(tmp_path, body, message):
    path = tmp_path / "mine.py"
    path.write_text(f"def fit(x, y, rng):\n    {body}\n")
    with pytest.raises(SpecError, match=message):
        separation.evaluate(Cell(f"{path}:fit", 4, 3, 0))

"""The separation study: cheats and wrong bounds are caught, true learners pass."""

from __future__ import annotations

import numpy as np
import pytest

from convproof.errors import SpecError
from convproof.study import STUDIES, features, locality, optimisers, separation, study
from convproof.study.engine import Cell, Options
from convproof.study.learners import LEARNERS, find, ridge_quadratic
from convproof.study.nets import Training
from convproof.study.summary import exponent, half_point, needed
from convproof.theory.groups import haar, permutation


def all_of(found, results=None):
    """Run a study in this process."""
    results = {} if results is None else results
    while cells := [cell for cell in found.wanted(results) if cell not in results]:
        for cell in cells:
            results[cell] = found.evaluate(cell)
    assert found.remaining(results) == 0
    return found.report(results)


def test_every_study_is_named():
    for name in STUDIES:
        assert study(name, Options(quick=True)).settings["study"] == name
    with pytest.raises(SpecError, match="one of separation"):
        study("separations", Options())


@pytest.mark.parametrize("name", ["ridge-quadratic", "convnet", "ridge-squares"])
def test_a_true_learner_crosses_nothing(name):
    report = all_of(study("separation", Options(quick=True, learner=name)))
    assert report.ok
    assert report.text.endswith("no bound was crossed")
    assert {row["learner"] for row in report.data["rows"]} == {name}


CHEAT = """
import numpy as np
def fit(x, y, rng):  # it knows the target: no equivariant learner does
    half = x.shape[1] // 2
    return lambda z: (z[:, :half] ** 2).sum(axis=1) - (z[:, half:] ** 2).sum(axis=1)
"""


def test_a_learner_that_cheats_is_caught(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(CHEAT)
    for claims, ok in (("orthogonal", False), ("permutation", False), ("nothing", True)):
        options = Options(quick=True, learner=f"{path}:fit", claims=claims)
        found = study("separation", options)
        mine = tuple(s for s in found.searches if s.learner.endswith(":fit"))
        report = all_of(separation.Separation(found.learners[:1], mine, found.settings))
        assert report.ok is ok
        assert ("CROSSED: mine.py:fit at d = 16" in report.text) is not ok


def test_a_wrong_bound_is_caught(monkeypatch):
    """The bound times 32 is crossed by an honest learner."""
    honest = separation.lower_bound

    def wrong(d, error, delta):
        bound = honest(d, error, delta)
        return type(bound)(32 * bound.samples, "")

    monkeypatch.setattr(separation, "lower_bound", wrong)
    report = all_of(study("separation", Options(quick=True, learner="ridge-quadratic")))
    assert not report.ok


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


class Turned:
    """A generator whose first matrix is turned: the nets draw their first weights first."""

    def __init__(self, turn, seed):
        self.turn, self.rng, self.first = turn, np.random.default_rng(seed), True

    def standard_normal(self, shape):
        drawn = self.rng.standard_normal(shape)
        drawn, self.first = drawn @ self.turn.T if self.first else drawn, False
        return drawn

    def __getattr__(self, name):
        return getattr(self.rng, name)


@pytest.mark.parametrize("rule", ["sgd", "adam"])
@pytest.mark.parametrize("activation", ["square", "relu"])
def test_nets_with_coupled_first_weights(activation, rule):
    rng = np.random.default_rng(1)
    x, z = rng.standard_normal((60, 6)), rng.standard_normal((300, 6))
    y, training = separation.labels(x), Training(activation, rule=rule, steps=100, rate=0.01)
    for turn, same in ((haar(6, rng), rule == "sgd"), (permutation(6, rng), True)):
        plain = training.fit(x, y, Turned(np.eye(6), 3))(z)
        other = training.fit(x @ turn.T, y, Turned(turn, 3))(z @ turn.T)
        assert bool(np.mean(plain != other) < 0.01) is same


def test_ridge_by_kernel_and_by_products_agree():
    rng = np.random.default_rng(0)
    x, z = rng.standard_normal((40, 8)), rng.standard_normal((500, 8))
    y = separation.labels(x)
    few = ridge_quadratic(x[:36], y[:36], rng)(z)
    again = ridge_quadratic(np.concatenate([x[:36], 1e-9 * x[:1]]), np.append(y[:36], 1), rng)(z)
    assert np.mean(few != again) < 0.01  # 36 samples: the kernel; 37: the products


def test_samples_of_one_seed_are_the_first_of_a_longer_stream():
    errors = [separation.evaluate(Cell("convnet", 8, n, 3))["error"] for n in (30, 30)]
    assert errors[0] == errors[1] < 0.2


def test_the_half_point_and_its_interval():
    rng = np.random.default_rng(0)
    sizes = [8, 16, 32, 64, 128]
    share = np.array(sizes) / (np.array(sizes) + 32.0)
    found = needed(sizes, (rng.random((5, 400)) < share[:, None]).astype(float), 0)
    assert found.low <= 32 * 1.1
    assert found.high >= 32 / 1.1
    assert found.low < found.n < found.high
    assert half_point([1, 2, 4], np.array([1.0, 1.0, 1.0])) == 1.0
    assert half_point([1, 2, 4], np.array([0.6, 0.2, 0.9])) == pytest.approx(2 * 2**0.2)


def test_the_exponent_of_a_square_law():
    found = []
    for d in (4, 8, 16):
        item = needed(
            [d * d // 2, d * d, 2 * d * d], np.array([[0.0] * 9, [0.5] * 9, [1.0] * 9]), 0
        )
        found.append(item)
    value, low, high = exponent((4, 8, 16), found)
    assert low <= value <= high
    assert value == pytest.approx(2)


def test_features_and_a_cheat_among_them(monkeypatch):
    monkeypatch.setitem(features.LEARNERS, "two-layers-gd", (features.ridge, True))  # it is slow
    report = all_of(study("features", Options(quick=True)))
    assert report.ok
    rows = {(r["learner"], r["n"]): r["loss"] for r in report.data["rows"]}
    assert rows["spindly", 8] < 0.2 < 0.5  # 1 - n/d = 1/2 does not bind it
    cheats = {"spindly": (features.spindly, True)}
    monkeypatch.setattr(features, "LEARNERS", cheats)
    assert not all_of(study("features", Options(quick=True))).ok


def test_locality_nets():
    """Sharing beats locality beats neither, at one size; and the ties are what they say."""
    errors = {
        kind: np.mean([locality.evaluate(Cell(kind, 6, 64, s))["error"] for s in (0, 1)])
        for kind in locality.KINDS
    }
    free, local, shared = (errors[kind] for kind in locality.KINDS)
    assert free > local > shared
    slope = np.random.default_rng(0).standard_normal((3, 3, 2))
    assert np.array_equal(locality.tie("fully-connected", slope), slope)
    tied = locality.tie("convolutional", slope)
    assert np.allclose(tied[0, 0], slope[0, 0] + slope[1, 1] + slope[2, 2])
    assert np.array_equal(tied[0, 0], tied[2, 2])
    assert not tied[0, 1].any()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("def other(): pass", "function that mine.py has"),
        ("1 / 0", "ZeroDivisionError"),
        (None, "a Python file that exists"),
    ],
)
def test_mistakes_in_a_users_file_are_named(tmp_path, text, message):
    path = tmp_path / "mine.py"
    if text is not None:
        path.write_text(text)
    with pytest.raises(SpecError, match=message):
        study("separation", Options(learner=f"{path}:fit"))
    with pytest.raises(SpecError, match=r"path/to/file\.py:function"):
        study("separation", Options(learner="nobody"))


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


def test_optimisers_as_a_table():
    pytest.importorskip("torch")
    pytest.importorskip("optax")
    found = study("optimisers", Options())
    named = {cell.learner for cell in found.cells}
    assert {"adam", "torch.optim.Adam", "optax.adam", "optax.contrib.sophia"} <= named
    few = ("adam", "sgd", "torch.optim.Adam", "torch.optim.SGD", "optax.contrib.schedule_free")
    cells = tuple(cell for cell in found.cells if cell.learner in few)
    report = all_of(optimisers.Optimisers(cells, found.settings))
    assert report.text.startswith("| optimiser | sign | permutation | orthogonal | why |")
    assert "| torch.optim.Adam | held | held | refuted | addcmul_ in line" in report.text
    assert "| optax.contrib.schedule_free | - | - | - | it needs base_optimizer" in report.text
    assert report.data["parting"] == []


def test_code_that_parts_from_its_paper_is_told():
    found = study("optimisers", Options(quick=True))
    held = {"status": "held", "reason": "", "step": None, "cause": None}
    wrong = {"status": "refuted", "reason": "r", "step": 3, "cause": "the cause: x|y"}
    cells = (Cell("sgd", 0, 60, 0), Cell("torch.optim.SGD", 0, 60, 0))
    rows = dict.fromkeys(("sign", "permutation"), held)
    results = {cells[0]: rows | {"orthogonal": held}, cells[1]: rows | {"orthogonal": wrong}}
    report = optimisers.Optimisers(cells, found.settings).report(results)
    assert report.data["parting"] == ["torch.optim.SGD, orthogonal: refuted; sgd here: held"]
    assert "refuted from step 3 | x\\|y |" in report.text


def test_plots_are_one_call():
    pytest.importorskip("matplotlib")
    from convproof.study import plots

    report = all_of(study("separation", Options(quick=True, learner="convnet")))
    drawn = plots.figure(report.data).axes[0]
    labels = drawn.get_legend_handles_labels()[1]
    assert labels == ["at least: rotation-equivariant", "at least: permutations",
                      "enough: ConvNet, worst threshold", "convnet"]  # fmt: skip
    assert len(plots.samples().axes[0].lines) == 3  # the bounds alone
    pair = plots.trajectories("adam").axes
    assert len(pair[0].lines) == 2
    assert pair[1].lines[0].get_ydata().max() > 1e-3
    assert plots.trajectories("sgd").axes[1].lines[0].get_ydata().max() < 1e-12
    with pytest.raises(SpecError, match="group='affine'"):
        plots.trajectories("sgd", group="affine")

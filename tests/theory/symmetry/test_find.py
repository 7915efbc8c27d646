"""Optimisers of torch.optim and optax: found in the packages, judged as they are shipped."""

from __future__ import annotations

import numpy as np
import pytest

import convproof as cp
from convproof.errors import SpecError
from convproof.evidence import Status
from convproof.theory.symmetry import optax_rules, torch_rules
from convproof.theory.symmetry.find import find

symmetries = cp.theory.symmetries


@pytest.fixture(scope="module")
def torch():
    return pytest.importorskip("torch")


def statuses(rule, **options):
    return {group: str(verdict.status) for group, verdict in symmetries(rule, **options).items()}


YES = {"sign": "held", "permutation": "held", "orthogonal": "held"}
NO = YES | {"orthogonal": "refuted"}


@pytest.mark.parametrize(("name", "expected"), [("SGD", YES), ("Adam", NO), ("Adagrad", NO)])
def test_by_name_class_and_instance(torch, name, expected):
    cls = getattr(torch.optim, name)
    instance = cls([torch.nn.Parameter(torch.zeros(1))], lr=0.2)
    assert statuses(f"torch.optim.{name}") == expected
    assert statuses(cls, groups=("orthogonal",))["orthogonal"] == expected["orthogonal"]
    assert statuses(instance, groups=("orthogonal",))["orthogonal"] == expected["orthogonal"]


def test_settings_of_an_instance_count(torch):
    parameter = torch.nn.Parameter(torch.zeros(1))
    plain = find(torch.optim.SGD([parameter], lr=0.5, momentum=0.9))
    w, g = np.zeros((1, 2)), np.ones((2, 1, 2))
    assert np.allclose(plain.run(w, g)[-1], -0.5 * 2.9)


def test_radam_looks_equivariant_for_five_steps(torch):
    found = symmetries("torch.optim.RAdam", groups=("orthogonal",))["orthogonal"]
    assert found.refuted
    assert found.witness["step"] == 6
    assert symmetries("torch.optim.RAdam", groups=("orthogonal",), steps=5)["orthogonal"].holds


def test_muon_holds_within_bfloat16_only(torch):
    found = symmetries("torch.optim.Muon", groups=("orthogonal",))["orthogonal"]
    assert found.status is Status.UNDECIDED
    assert "held only within bfloat16" in found.reason


def test_a_users_optimizer(torch):
    class Signed(torch.optim.Optimizer):
        def __init__(self, parameters, lr=0.1):
            super().__init__(parameters, {"lr": lr})

        @torch.no_grad()
        def step(self, closure=None):
            for group in self.param_groups:
                for p in group["params"]:
                    p -= group["lr"] * p.grad.sign()

    assert statuses(Signed) == NO

    class Needy(Signed):
        def __init__(self, parameters, temperature):
            super().__init__(parameters)

    with pytest.raises(SpecError, match="needs temperature"):
        symmetries(Needy)


def test_every_shipped_class_is_found(torch):
    found = torch_rules.shipped()
    assert {"SGD", "Adam", "LBFGS", "Muon", "SparseAdam"} <= set(found)
    assert "Optimizer" not in found


def test_optax_rules_by_name_and_value():
    optax = pytest.importorskip("optax")
    assert statuses("optax.sgd") == YES
    assert statuses(optax.sign_sgd(0.1), groups=("orthogonal",)) == {"orthogonal": "refuted"}
    before = optax_rules._packages()[0].numpy.ones(1).dtype
    assert str(before) == "float32"  # 64-bit numbers were switched on inside only


def test_yogi_starts_its_mean_off_zero():
    """optax.yogi fills both moments with its initial value: a sign flip is not respected."""
    pytest.importorskip("optax")
    found = symmetries("optax.yogi", groups=("sign",))["sign"]
    assert found.refuted
    assert found.witness["step"] == 1


def test_every_shipped_factory_is_found():
    pytest.importorskip("optax")
    found = optax_rules.shipped()
    assert {"sgd", "adam", "lbfgs", "polyak_sgd", "contrib.muon", "contrib.prodigy"} <= set(found)
    assert not any("scale_by" in name for name in found)


def test_a_rule_that_wants_more_says_what():
    pytest.importorskip("optax")
    with pytest.raises(SpecError, match="obj_fn must be provided"):
        symmetries("optax.contrib.sophia")
    with pytest.raises(SpecError, match="needs base_optimizer"):
        symmetries("optax.contrib.schedule_free")

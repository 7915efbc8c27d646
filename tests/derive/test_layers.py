"""What `derive` gives: the chapter's formulas, in its indices, for names and for specs."""

from __future__ import annotations

import pytest
from sympy import IndexedBase, Sum, Symbol, floor, symbols

from convproof.derive import NAMES, derive
from convproof.derive.account import Account
from convproof.derive.nodes import MaxOver
from convproof.errors import SpecError
from convproof.spec import Conv, MaxPool


def _positive(names: str) -> tuple[Symbol, ...]:
    found: tuple[Symbol, ...] = symbols(names, integer=True, positive=True)
    return found


def test_without_padding_the_forward_is_equation_10_5() -> None:
    n, i, j, g, m, c, k, l, C = _positive("n i j g m c k l C")
    x, kernel, b = IndexedBase("X"), IndexedBase("K"), IndexedBase("b")
    term = x[n, i + k - 1, j + l - 1, g, c] * kernel[k, l, c, g, m]
    found = derive(Conv((3, 2))).forward
    (total,) = found.atoms(Sum)
    assert found - total == b[g, m]
    assert total.function.args[0].expr == term
    assert set(total.limits) == {(c, 1, C), (k, 1, 3), (l, 1, 2)}


def test_the_output_shape_is_equation_10_7() -> None:
    H, W, N, C = _positive("H W N C")
    shape = derive(Conv((3, 5), 8, stride=(2, 1), padding=(1, 2))).output_shape
    assert shape == (N, floor((H - 1) / 2) + 1, W, 8)
    assert derive(MaxPool(2)).output_shape == (N, floor(H / 2), floor(W / 2), C)


def test_the_maximum_is_a_maximum() -> None:
    assert derive("max_pool2d").forward.has(MaxOver)


def test_gradients_are_named_by_their_argument() -> None:
    assert set(derive("conv2d").gradients) == {"x", "kernel", "bias"}
    assert set(derive(Conv(3, bias=False)).gradients) == {"x", "kernel"}
    assert set(derive("avg_pool3d").gradients) == {"x"}
    assert {"x", "kernel"} <= set(derive(Conv(3, padding=1, padding_mode="circular")).gradients)


def test_unknown_names_are_refused_with_the_known_ones() -> None:
    with pytest.raises(SpecError, match="conv2d"):
        derive("conv4d")
    with pytest.raises(TypeError):
        derive(3)  # type: ignore[arg-type]  # what is tested


@pytest.mark.parametrize("name", NAMES)
def test_every_form_can_be_read(name: str) -> None:
    derivation = derive(name)
    source = derivation.to_latex()
    for number, step in enumerate(derivation.steps_of("gradient x"), 1):
        assert rf"\textbf{{{number}. {step.rule}.}} " in source
    assert derivation._repr_markdown_() == derivation.to_markdown()
    assert "<math" in derivation._repr_html_()
    title = Account.of(derivation).title
    assert derivation.to_markdown().startswith(f"# {title}")
    assert str(derivation).startswith(title)


def test_the_digest_follows_the_formulas() -> None:
    assert derive(Conv(3)).digest == derive(Conv(3)).digest != derive(Conv(3, stride=2)).digest


def test_the_steps_of_an_activated_layer_are_each_of_a_goal_it_has():
    made = derive(Conv((2,), 1, activation="relu"))
    assert {step.goal for step in made.steps} == set(made.goals)
    first = next(step for step in made.steps if step.goal == "preactivation")
    assert first.rule == "unfold the padding"
    ends = {step.goal: step.after for step in made.steps}
    assert ends["preactivation"] == made.goals["preactivation"].result

"""Integer expressions, printed and evaluated."""

from __future__ import annotations

from convproof.lower import integers


def test_text_and_value_of_an_integer_expression_agree() -> None:
    from sympy import Max, Min, Symbol, ceiling, floor

    a, b, s = (Symbol(name, integer=True) for name in "abs")
    formulas = [floor((a - b) / s) + 1, ceiling((a + 1) / s), Max(0, a - b), Min(a, b * s), a // s]
    for formula in formulas:
        for values in ((7, 2, 3), (-5, 4, 2), (6, -3, 4), (0, 0, 1)):
            env = dict(zip("abs", values, strict=True))
            assert eval(integers.text(formula), {}, env) == integers.value(formula, env)

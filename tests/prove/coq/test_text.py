"""Expressions in the words of Coq."""

import itertools

import pytest
import sympy as sp

from convproof.errors import DerivationError
from convproof.prove.coq import kernel, text
from convproof.prove.coq.terms import Terms
from convproof.prove.coq.text import entry, integer, proposition

needs_coq = pytest.mark.skipif(kernel.available() is None, reason=kernel.INSTALL)


def test_what_has_no_form_in_coq_is_refused() -> None:
    x, y = sp.symbols("x y", integer=True)
    for wrong in (sp.floor(x / y), sp.sin(x)):
        with pytest.raises(DerivationError):
            integer(wrong)
    with pytest.raises(DerivationError):
        proposition(sp.Symbol("p"))
    with pytest.raises(DerivationError):
        entry(sp.IndexedBase("T")[x], {"X": "X"})


n = sp.Symbol("n", integer=True, positive=True)
x, y = sp.symbols("x y", integer=True)
i, j = sp.symbols("i j", integer=True, positive=True)
A, B = sp.IndexedBase("X"), sp.IndexedBase("K")
POINTS = [
    dict(zip((n, x, y), at, strict=True)) for at in itertools.product((1, 3), (-3, 0, 2), (-2, 1))
]
INTEGERS = [
    sp.floor((x + y) / n), sp.ceiling(x / n), sp.Mod(x - y, n), sp.Max(x, y, 1), sp.Min(2, y),
    sp.Abs(x) - y, x**2 - 3 * y, sp.Piecewise((x, y > 0), (-x, True)), x / n + 1,
    sp.Piecewise((x, y > 0), (7, y > -2), (-x, True)),  # cases that overlap
]  # fmt: skip
TESTS = [
    sp.Ge(x, y), sp.Lt(x, 2 * y), sp.Le(x + n, 3), sp.Gt(y, x), sp.Eq(x, y),
    sp.And(x >= y, sp.Le(y, n)), sp.Or(x > y, sp.Eq(y, 1)), sp.floor(x / n) <= y,
]  # fmt: skip
FORMULAS = [
    *TESTS, sp.Ne(sp.Max(x, y, 1), sp.Min(2, y)), sp.Implies(x > y, sp.Not(y < 0)),
    sp.Equivalent(x >= y, n > 2), sp.Eq(sp.ceiling(x / n), y),
]  # fmt: skip
ENTRIES = [
    sp.Sum(A[i] * B[i, n], (i, 1, n)),
    sp.Sum(sp.Piecewise((A[i], sp.And(i >= x, i + y <= 2)), (0, True)), (i, 1, n)),
    sp.Sum(sp.KroneckerDelta(i, j + 1) * A[j] + B[i, j], (j, 1, n), (i, 1, 2)),
    A[x] * B[x, y] + sp.Piecewise((A[y], x > y), (0, True)),
]


def value(e: sp.Basic, at: dict[sp.Symbol, int]) -> sp.Basic:
    """SymPy's own value there, the arrays being 10 i and 100 i + j."""
    put = sp.sympify(e).xreplace({s: sp.Integer(v) for s, v in at.items()}).doit()
    arrays = {a: 10 * a.indices[0] if a.base == A else 100 * a.indices[0] + a.indices[1]
              for a in put.atoms(sp.Indexed)}  # fmt: skip
    return sp.piecewise_fold(put.xreplace(arrays)).doit()


def grid() -> str:
    """What every printer writes is what SymPy says, at every point: one goal each."""
    lines = ["Require Import ZArith Bool.", "From Convproof Require Sums Rules.",
             "Open Scope Z_scope."]  # fmt: skip
    words = (
        "let R := Z in let rO := 0 in let rI := 1 in let radd := Z.add in let rmul := Z.mul in\n"
        "let sum := Convproof.Sums.sum Z 0 Z.add in let delta := Convproof.Rules.delta Z 0 1 in\n"
        "let X := (fun i : Z => 10 * i) in let K := (fun i j : Z => 100 * i + j) in"
    )
    notation = (
        'Notation "x [+] y" := (x + y) (at level 50, left associativity).\n'
        'Notation "x [*] y" := (x * y) (at level 40, left associativity).\n'
        'Notation "[0]" := 0.'
    )
    lines.append(notation)
    for at in POINTS:
        where = "".join(f"let {s} := ({v}) in " for s, v in at.items())
        goals = [f"({text.integer(e)} = ({value(e, at)}))" for e in INTEGERS
                 if value(e, at).is_integer]  # fmt: skip
        goals += [f"({text.test(f)} = {str(bool(value(f, at))).lower()})" for f in TESTS]
        for f in FORMULAS:
            said = text.proposition(f)
            goals.append(f"({said})" if value(f, at) == sp.true else f"(~ {said})")
        for e in ENTRIES:
            names = {sp.Symbol("X").name: "X", "K": "K"}
            for said in (Terms((), plain=True).write(e), text.entry(e, names)):
                goals.append(f"({words} {said} = ({value(e, at)}))")
        lines += [f"Goal {where}{goal}. Proof. vm_compute; intuition discriminate. Qed."
                  for goal in goals]  # fmt: skip
    return "\n".join(lines) + "\n"


@needs_coq
def test_what_is_printed_is_what_sympy_says_on_a_grid() -> None:
    for need in ("Sums", "Rules"):
        assert kernel.check(need).error == ""
    assert kernel.compile_text("Planted_grid", grid()).error == ""


@needs_coq
@pytest.mark.parametrize(
    ("table", "wrong"),
    [("TESTS", (sp.Ge, ">?")), ("PROPOSITIONS", (sp.Le, "<")), ("TESTS", (sp.Lt, "<=?"))],
)
def test_a_printer_with_a_wrong_sign_is_seen_on_the_grid(table, wrong, monkeypatch) -> None:
    monkeypatch.setitem(getattr(text, table), *wrong)
    for need in ("Sums", "Rules"):
        assert kernel.check(need).error == ""
    assert "Planted_grid_wrong.v" in kernel.compile_text("Planted_grid_wrong", grid()).error

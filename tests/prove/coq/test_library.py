"""The shipped Coq files register themselves: needs and theorems are read from their text."""

from collections import Counter

import pytest

from convproof.prove.coq import kernel, library


def test_each_file_comes_after_those_it_needs() -> None:
    seen: set[str] = set()
    for name, text in library.shipped().items():
        assert set(library.needs(text)) <= seen, name
        seen.add(name)


def test_no_two_theorems_have_one_name() -> None:
    names = Counter(t for source in kernel.sources().values() for t in source.theorems)
    assert [name for name, count in names.items() if count > 1] == []


def test_a_theorem_in_a_comment_is_none() -> None:
    assert library.theorems("(* \nTheorem a : True. *)\nTheorem b : True.") == ("b",)


@pytest.mark.skipif(kernel.available() is None, reason=kernel.INSTALL)
@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("Tying", "if tie k =? p then g k", "if tie k =? p + 1 then g k"),
        ("Backpropagation", "[+] pool (edges l) (tie l)", "[+] spread P (tie l)"),
        ("FullyConnected", "if g' =? g then\n", "if g' <=? g then\n"),
        ("Equivariance", "[*] x i j).\n\nLemma", "[*] x j i).\n\nLemma"),
        ("Counting", "times (2 ^ n) (whole", "times (2 ^ n - 1) (whole"),
        ("Translation", "if on_image A (back A ts p) then x (back A ts p)",
         "if on_image A (back A ts p) then x p"),
    ],
)  # fmt: skip
def test_a_wrong_statement_is_refused(name: str, old: str, new: str) -> None:
    text = library.shipped()[name]
    assert old in text
    for need in library.needs(text):
        assert kernel.check(need).error == ""
    assert kernel.compile_text(f"Planted_{name}", text.replace(old, new)).error != ""


def test_statements_import_no_proofs() -> None:
    for name, text in library.shipped().items():
        if name.startswith("Statements"):
            # Axis for the record of an axis, which is nobody's second definition.
            assert set(library.needs(text)) <= {"Statements", "Axis"}
            assert library.theorems(text) == ()


@pytest.mark.skipif(kernel.available() is None, reason=kernel.INSTALL)
@pytest.mark.parametrize(
    ("planted", "accepted"),
    [
        ("Definition planted := @pool_is_transpose.", True),
        ("Theorem planted : True. Proof. exact I. Qed.", False),
        ("Definition planted (more : True) := @pool_is_transpose.", False),
        ("Definition planted := @pool_is_the_only_transpose.", False),
        ("Definition planted R a b c d e f l E tie := @pool_is_transpose R a b c d e f l E 1 tie.",
         False),
    ],
)  # fmt: skip
def test_what_says_less_is_refused_by_the_statement(planted: str, accepted: bool) -> None:
    for need in ("Tying", "Statements_Tying"):
        assert kernel.check(need).error == ""
    text = f"{library.shipped()['Tying']}\n{planted}\n"
    pin = {"planted": ("Convproof.Statements_Tying.pool_is_transpose_statement",)}
    checked = kernel.compile_text("Planted_pin", text, ["planted"], pin)
    assert (checked.error == "") is accepted

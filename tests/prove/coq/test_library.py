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

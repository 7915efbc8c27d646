"""Words beside numbers: found by trying, asked by every rule, accused where they mislead."""

from __future__ import annotations

import textwrap

import numpy as np
import pytest

import convproof as cp
from convproof.conformance.run.engine import check
from convproof.conformance.target.resolve import resolve
from convproof.conformance.target.target import Target
from convproof.laws.by_name import RULES, word
from tests.conformance.planted import file_with


def worded(rule: str, *, default=0, refuses: str = "", numbers: bool = True):
    """A right convolution whose "same" follows a rule (SAME_LOWER's, for one)."""

    def conv1d(x, w, b=None, stride=1, padding=default):  # its text speaks of "same"
        s = stride if isinstance(stride, int) else stride[0]
        if isinstance(padding, str):
            if padding not in ("same", "valid") or padding == refuses:
                raise ValueError(f"padding={padding!r}")
            made = RULES[rule if padding == "same" else "valid"]
            pads = made(x.shape[2], w.shape[2], s)
        elif not numbers:
            raise TypeError("padding is 'same' or 'valid'")
        else:
            p = padding if isinstance(padding, int) else padding[0]
            pads = (p, p) if isinstance(p, int) else tuple(p)
        return cp.conv1d(x, w, b, stride=s, padding=(pads,), layout="channels_first")

    return conv1d


@pytest.mark.parametrize("rule", [rule for rule in RULES if word(rule) == "same"])
@pytest.mark.parametrize("default", [0, "valid"])
def test_words_beside_numbers_are_found_with_their_rule(rule, default):
    adapter = Target("words", conv1d=worded(rule, default=default)).adapter("conv1d")
    assert adapter.words == {"same": "same", "valid": "valid"}
    assert (adapter.same, adapter.padding) == (rule, "any")


def test_what_is_odd_comes_first_only_where_the_text_says_so(tmp_path):
    text = """
        import numpy as np
        def conv1d(x, w, padding="same"):
            k = w.shape[2]
            pads = (k // 2, (k - 1) // 2) if padding == "same" else (0, 0)
            x = np.pad(x, ((0, 0), (0, 0), pads))
            windows = np.lib.stride_tricks.sliding_window_view(x, k, axis=2)
            return np.einsum("ncik,mck->nmi", windows, w)
    """
    path = file_with(tmp_path, text=textwrap.dedent(text))
    assert resolve(f"{path}:conv1d").adapter("conv1d").same == "by stride"
    path.write_text(path.read_text().replace("def", "# as SAME_LOWER\ndef"))
    named = tmp_path / "named.py"
    named.write_text(path.read_text())
    assert resolve(f"{named}:conv1d").adapter("conv1d").same == "by stride, odd first"


def test_words_alone_stay_words_alone():
    target = Target("words", conv1d=worded("by window", default="same", numbers=False))
    adapter = target.adapter("conv1d")
    assert (adapter.same, adapter.padding, adapter.words) == ("by window", "valid", {})


def test_a_word_that_is_refused_is_not_asked():
    target = Target("words", conv1d=worded("by stride", refuses="valid"))
    assert target.adapter("conv1d").words == {"same": "same"}


def test_a_right_function_is_told_what_same_is():
    result = check(Target("words", conv1d=worded("by window")), examples=30)
    assert result.ok
    assert "whatever the stride" in result.conventions["conv1d same"]
    assert "asked" in result.conventions["conv1d padding"]


def test_a_word_that_misleads_is_explained_by_the_padding_that_it_gives():
    def conv1d(x, w, b=None, padding=0):
        if padding == "same":
            padding = (w.shape[2] - 1) // 2  # of an even kernel one too few
        elif padding == "valid":
            padding = 0
        p = padding if isinstance(padding, int) else padding[0]
        return cp.conv1d(x, w, b, padding=p, layout="channels_first")

    result = check(Target("even", conv1d=conv1d), fail_fast=True)
    assert not result.ok
    first = result.failures[0]
    assert first.case.spelled == "by stride"
    assert first.diagnosis[0].startswith("padding='same' pads by (1, 1) where (1, 2) is right")
    assert np.prod(first.case.x.shape) < 3  # shrunk with the padding that the word stands for

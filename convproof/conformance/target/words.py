"""Whether a function takes its padding as a word beside numbers, and what "same" stands for."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

import numpy as np

from convproof.conformance.target.binding import Binding
from convproof.conformance.target.claims import follows
from convproof.conformance.target.examples import EXAMPLES, cast, example, spelled
from convproof.conformance.target.outcome import Outcome
from convproof.conformance.target.padding import NAMED
from convproof.conformance.target.sources import source_of
from convproof.conformance.target.templates import Form
from convproof.laws import oracle
from convproof.laws.by_name import RULES, USUAL
from convproof.laws.case import Case
from convproof.laws.trial import shapes

_LOWER = re.compile(r"(?i)same.?lower")  # ONNX's name for the other one


class Asks(Protocol):
    """Who calls a function in a form."""

    binding: Binding

    def call(self, form: Form, case: Case) -> Outcome:
        """One call."""


class Words:
    """Tries the words that functions know."""

    def __init__(self, probe: Asks) -> None:
        self.probe, self.binding = probe, probe.binding

    def learnt(self, form: Form, only: str) -> Form:
        """The form with the words that are taken beside numbers, and the rule for "same".

        Of a function whose default is a word, it is tried whether it takes numbers as well.
        """
        self.dtype = only or "float64"
        own = {*self.binding.positional, *self.binding.keywords}
        if "padding" not in own or "out" in own or self.binding.named.kind == "conv_transpose":
            return form
        if form.padding in NAMED:
            form = self._numbers(replace(form, words=_both(form))) or form
        elif form.padding in ("numbers", "pairs") and (form.array != "numpy" or self._told()):
            form = self._words(form)
        named = form.words or form.padding in NAMED
        return replace(form, same=self._rule(form)) if named else form

    def _numbers(self, form: Form) -> Form | None:
        """The form by which it takes numbers, if it does."""
        for padding, ints in (("numbers", ()), ("numbers", ("padding",)), ("pairs", ())):
            tried = replace(form, padding=padding, ints=form.ints | {*ints})
            case = example(self.binding, tried, plain=False, sizes=EXAMPLES[2])
            if self._fits(tried, case):
                return tried
        return None

    def _told(self) -> bool:
        """Whether the word stands anywhere in the function's module, or it has no text."""
        text = self._text()
        return text is None or "same" in text.lower()

    def _text(self) -> str | None:
        """Of the function's module."""
        module = sys.modules.get(str(getattr(self.binding.function, "__module__", None)))
        return source_of(module)

    def _words(self, form: Form) -> Form:
        """The form with the words, in one of the usual spellings, that it takes."""
        for none, same in NAMED.values():
            words = (("same", same), ("valid", none))
            taken = []
            for word in words:
                tried = replace(form, words=(word,))
                rule = USUAL if word[0] == "same" else "valid"
                if self._fits(tried, spelled(self.binding, form, rule)):
                    taken.append(word)
            if taken:
                return replace(form, words=tuple(taken))
        return form

    def _fits(self, form: Form, case: Case) -> bool:
        """Whether the call gives the right shape."""
        case = cast(case, self.dtype)
        values = self.probe.call(form, case).values
        return bool(values) and all(
            value is None or value.shape == shape
            for value, shape in zip(values or (), shapes(case), strict=False)
        )

    def _rule(self, form: Form) -> str:
        """The rule by which every answered call is right; the usual one if there is none.

        What is odd at the start is a mistake as often as it is meant: then its text says so.
        """
        asked = form if form.words else replace(form, words=_both(form))
        if follows(item for _, item in self.binding.objects.values()) not in ("", "ONNX"):
            return USUAL  # TensorFlow's, and where PyTorch has one, it is the same
        text = self._text() or ""
        for rule in RULES:
            if rule == "valid" or ("odd first" in rule and not _LOWER.search(text)):
                continue
            told = [self._right(asked, case) for case in self._telling(form, rule)]
            if False not in told and True in told:
                return rule
        return USUAL

    def _telling(self, form: Form, rule: str) -> Iterator[Case]:
        """Calls in which rules differ: a stride, an even kernel, and both."""
        yield spelled(self.binding, form, rule, step=2)
        yield spelled(self.binding, form, rule, step=2, taps=4)
        yield spelled(self.binding, form, rule, taps=2)

    def _right(self, form: Form, case: Case) -> bool | None:
        """Whether a call is right; None if it is refused."""
        case = cast(case, self.dtype)
        values = self.probe.call(form, case).values
        if values is None:
            return None
        return all(
            value is None or (value.shape == right.shape and np.allclose(value, right))
            for value, right in zip(values, oracle.expected(case), strict=False)
        )


def _both(form: Form) -> tuple[tuple[str, str], ...]:
    """The words of a form that is named by them."""
    return tuple(zip(("valid", "same"), NAMED[form.padding], strict=True))

"""The slices that proofs speak of are read from the text that runs; one with a case has no form."""

from __future__ import annotations

import inspect
from itertools import product

import pytest
from sympy import Symbol

from convproof.errors import LoweringError
from convproof.lower import closed, integers, runtime

SPAN, TAPS = (inspect.getsource(one) for one in (runtime.span, runtime.few_spans.__wrapped__))
PLANTED = {
    "a stride of its own": ("lo = max(0,", "stride += stride == 5\n    lo = max(0,"),
    "a case in a bound": ("// stride) + 1)", "// stride) + (0 if stride == 5 else 1))"),
    "a bound by a call": ("max(0,", "max(least(),"),
    "a bit": ("fine - offset - 1", "fine - offset ^ 1"),
    "another guard": ("hi <= lo", "hi <= lo or stride == 5"),
    "other slices": ("slice(lo, hi)", "slice(lo, hi - 1)"),
    "three numbers no more": (" + 1, stride)", " + 1)"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_text_with_anything_else_in_it_has_no_form(name: str) -> None:
    assert closed.span_form(SPAN) == closed.span_form()
    old, new = PLANTED[name]
    assert old in SPAN
    with pytest.raises(LoweringError):
        closed.span_form(SPAN.replace(old, new))


def test_another_closed_form_is_read_as_what_it_is() -> None:
    """What is read differs, and so does what is proved of it."""
    for old, new in (("fine - offset - 1", "fine - offset"), ("stride * lo", "lo"), ("(-(", "((")):
        assert closed.span_form(SPAN.replace(old, new)) != closed.span_form()
    assert closed.taps_form(TAPS.replace("coarse - 1", "coarse")) != closed.taps_form()
    with pytest.raises(LoweringError):
        closed.taps_form(TAPS.replace("range(lo, hi)", "range(lo, hi, 1 + (gap == 5))"))


def test_what_is_read_is_what_runs() -> None:
    names = ("offset", "gap", "stride", "taps", "coarse", "fine")
    form, ends = closed.span_form(), closed.taps_form()
    few = range(1, 4)
    for sizes in product((-5, -1, 0, 2), few, few, (0, 1, 3), few, (1, 4)):
        env = dict(zip(names, sizes, strict=True))
        read = {
            one: integers.value(getattr(form, one), env) for one in ("lo", "hi", "start", "stop")
        }
        outs, pixels = runtime.span(env["offset"], env["stride"], env["coarse"], env["fine"])
        if read["lo"] < read["hi"]:
            assert (outs.start, outs.stop) == (read["lo"], read["hi"])
            assert (pixels.start, pixels.stop) == (read["start"], read["stop"])
        else:
            assert outs.stop == 0
        first, last = (integers.value(end, env) for end in ends)
        order = ("taps", "gap", "offset", "stride", "coarse", "fine")
        given = runtime.spans(*(env[name] for name in order))
        assert [tap for tap, _, _ in given] == list(range(first, last))
    offset = Symbol("offset", integer=True)
    assert closed.span_form(offset=-offset).start != form.start

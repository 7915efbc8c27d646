"""Targets: how they are found, and what is said of those that are none."""

from __future__ import annotations

import sys

import pytest

from convproof.conformance.target.conventions import Conventions
from convproof.conformance.target.resolve import resolve
from convproof.conformance.target.target import Target
from convproof.errors import MissingExtra, SpecError, TargetError
from tests.conformance.planted import RIGHT, conv2d, file_with, replaced
from tests.conformance.target.cases import case

MISTAKES = [
    ("nowhere.py", "no such file"),
    ("mine.py:conv3", "no 'conv3' in it; it has conv2d"),
    ("mine.py:np", "np is a module, not callable"),
    ("mine.py:", "name is due after the colon"),
    ("broken.py", "line 1: "),
    ("raises.py", "ZeroDivisionError"),
    ("exits.py", "SystemExit"),
    ("needs.py", "it needs 'no_such_package_at_all'"),
    ("empty.py", "no function has a name like"),
    ("no_such_package_at_all", "there is no module"),
    (".", "no module has such a name"),
    ("numpy:pi", "pi is a float, not callable"),
    ("torhc", "did you mean 'torch'"),
    ("json", "no function has a name like"),
    ("two.py", "could each be conv2d"),
    ("odd.py:thing", "does not tell what it computes; say so with --op"),
]


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "mine.py": RIGHT,
        "broken.py": "def f(:\n",
        "raises.py": "1 / 0\n",
        "exits.py": "print('bye'); raise SystemExit(3)\n",
        "needs.py": "import no_such_package_at_all\n",
        "empty.py": "x = 1\n",
        "odd.py": "def thing(a, b): pass\n",
        "two.py": "def conv_a(x, w): pass\ndef conv_b(x, w): pass\n",
    }.items():
        file_with(tmp_path, text=text, name=name)
    return tmp_path


@pytest.mark.parametrize(("text", "said"), MISTAKES)
def test_a_target_that_cannot_be_is_one_clear_line(place, text, said, capsys):
    with pytest.raises(TargetError, match=said):
        resolve(text)
    assert capsys.readouterr() == ("", "")


def test_an_op_can_be_told(place):
    file_with(place, replaced("def conv2d", "def thing"), name="named.py")
    assert resolve("named.py:thing", op="conv2d").ops == {"conv2d"}
    with pytest.raises(SpecError, match="conv4d"):
        resolve("named.py:thing", op="conv4d")


def test_a_missing_library_names_its_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(MissingExtra, match=r"pip install 'convproof\[torch\]'"):
        resolve("torch")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"conv4d": conv2d}, "no op is called conv4d; did you mean"),
        ({}, "needs a function"),
        ({"conv2d": 3}, "int is not callable"),
        ({"conv2d": conv2d, "layout": "NHWC"}, "channels_first"),
        ({"conv2d": conv2d, "conventions": {"ties": "none"}}, "ties='none'"),
        ({"conv2d": conv2d, "conventions": {"tie": "first"}}, "no convention is called tie"),
        ({"conv2d": conv2d, "conventions": 3}, "a Conventions or a mapping"),
        ({"conv2d": conv2d, "array": "cupy"}, "array='cupy'"),
        ({"conv2d_backward": lambda dout, cache: None}, "the forward that makes it is needed"),
    ],
)
def test_a_target_that_makes_no_sense_is_refused(arguments, said):
    with pytest.raises(TargetError, match=said):
        Target("t", **arguments)


def test_what_is_no_target_is_refused():
    with pytest.raises(TargetError, match="allowed is a Target"):
        resolve(3)
    with pytest.raises(TargetError, match="a target's name"):
        Target("", conv2d=conv2d)


def test_targets_and_functions_resolve_to_targets():
    target = Target("t", conv2d=conv2d)
    assert resolve(target) is target
    assert resolve(conv2d).ops == {"conv2d"}


def test_conventions_are_declared_or_inferred():
    assert Conventions.of({"ties": "last"}).declared() == {"ties": "last"}
    assert Conventions.of(None).declared() == {}


def test_functions_that_wrap_each_other_in_a_circle_are_called_as_they_are(tmp_path):
    path = file_with(tmp_path, text=RIGHT + "\nconv2d.__wrapped__ = conv2d\n")
    assert resolve(f"{path}:conv2d").call(case()).error is None

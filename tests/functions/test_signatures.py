"""What editors are told of the verified functions is what these take."""

from __future__ import annotations

import inspect
from types import SimpleNamespace
from typing import get_overloads

import pytest

import convproof as cp
from convproof.functions import signatures

PROTOCOLS = {
    "conv2d": "ConvForward",
    "conv2d_backward": "ConvBackward",
    "conv_transpose2d": "TransposeForward",
    "conv_transpose2d_backward": "TransposeBackward",
    "max_pool2d": "MaxForward",
    "max_pool2d_backward": "MaxBackward",
    "avg_pool2d": "AvgForward",
    "avg_pool2d_backward": "AvgBackward",
}


@pytest.mark.parametrize("name", PROTOCOLS)
def test_a_protocol_has_the_parameters_and_defaults_of_its_functions(name):
    taken = inspect.signature(getattr(cp, name)).parameters
    own_class = PROTOCOLS[name]
    place = SimpleNamespace(__module__=signatures.__name__, __qualname__=f"{own_class}.__call__")
    for told in get_overloads(place) or [getattr(signatures, own_class).__call__]:
        for parameter in list(inspect.signature(told).parameters.values())[1:]:
            own = taken[parameter.name]
            assert parameter.kind is own.kind
            if parameter.default is not parameter.empty or own.default is own.empty:
                assert parameter.default == own.default
        assert {*inspect.signature(told).parameters} - {"self"} == {*taken}


def test_every_protocol_is_of_a_function():
    own = {
        name
        for name, value in vars(signatures).items()
        if inspect.isclass(value) and value.__module__ == signatures.__name__
    }
    assert own == set(PROTOCOLS.values())

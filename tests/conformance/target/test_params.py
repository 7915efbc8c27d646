"""Parameters in a dict."""

from __future__ import annotations

from convproof.conformance.target.params import Asked
from convproof.conformance.target.resolve import resolve
from tests.conformance.target.separate import in_a_dict


def test_a_dict_has_only_the_keys_that_are_asked_for():
    asked: set[str] = set()
    given = Asked(asked, {"stride": 2, "pad": 1, "stride_w": 3})
    assert given["stride_w"] == 3
    assert given.get("flavour", 5) == 5
    assert "dilation" not in given
    assert asked == {"stride_w", "flavour", "dilation"}
    target = resolve(in_a_dict, op="conv2d")
    assert (
        "{'pad_h': padding[0], 'pad_w': padding[1], 'stride_h': stride[0], 'stride_w': stride[1]}"
        in " ".join(target.adapter("conv2d").source.split())
    )

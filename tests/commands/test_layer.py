"""The options of a layer: each reaches its spec, and a mistake is named by its option."""

from __future__ import annotations

import argparse

import pytest

from convproof.commands.layer import add_layer_options, layer
from convproof.errors import SpecError
from convproof.spec import AvgPool, Conv, MaxPool


def _layer(operation: str, *argv: str):
    parser = argparse.ArgumentParser()
    add_layer_options(parser)
    return layer(operation, parser.parse_args(argv))


@pytest.mark.parametrize(
    ("operation", "argv", "spec"),
    [
        ("conv2d", "", None),
        ("conv2d", "--stride 2", Conv((3, 3), stride=2)),
        (
            "conv2d",
            "--kernel 3x5 --stride 1x2 --dilation 2x1",
            Conv((3, 5), stride=(1, 2), dilation=(2, 1)),
        ),
        ("conv1d", "--kernel 4 --padding 0:1", Conv((4,), padding=((0, 1),))),
        ("conv3d", "--padding 1", Conv((3, 3, 3), padding=1)),
        ("conv2d", "--padding 1:0x2", Conv((3, 3), padding=((1, 0), (2, 2)))),
        ("conv2d", "--padding same", Conv((3, 3), padding="same")),
        ("conv2d", "--padding valid --groups 2 --out-channels 4", Conv((3, 3), 4, groups=2)),
        (
            "conv2d",
            "--padding-mode circular --padding 1",
            Conv((3, 3), padding=1, padding_mode="circular"),
        ),
        ("conv2d", "--no-bias --activation relu", Conv((3, 3), bias=False, activation="relu")),
        ("max_pool2d", "--window 3x2", MaxPool((3, 2))),
        (
            "max_pool1d",
            "--stride 1 --dilation 2 --ceil-mode",
            MaxPool((2,), stride=1, dilation=2, ceil_mode=True),
        ),
        (
            "avg_pool2d",
            "--exclude-pad --padding 1",
            AvgPool((2, 2), padding=1, count_include_pad=False),
        ),
    ],
)
def test_options_reach_the_spec(operation, argv, spec):
    assert _layer(operation, *argv.split()) == spec


@pytest.mark.parametrize(
    ("operation", "argv", "message"),
    [
        ("conv2d", "--stride two", "--stride='two': allowed is a positive integer, or 2 as in 3x5"),
        ("conv2d", "--stride 2x", "--stride='2x': allowed is a positive integer, or 2 as in 3x5"),
        ("conv1d", "--stride 0", "--stride='0': allowed is a positive integer"),
        ("conv2d", "--stride 1x2x3", "--stride='1x2x3': allowed is a positive integer, or 2 as"),
        ("conv2d", "--stride 1_0", "--stride='1_0'"),
        ("conv2d", f"--stride {'9' * 5000}", "--stride='999"),
        ("conv2d", "--kernel 3x", "--kernel='3x'"),
        ("conv2d", "--dilation 0x1", "--dilation='0x1'"),
        ("conv2d", "--padding 1:2:3", "--padding='1:2:3': allowed is an integer >= 0, low:high as"),
        ("conv2d", "--padding full", "--padding='full': allowed is .* 'valid' or 'same'"),
        ("conv1d", "--padding -1", "--padding='-1': allowed is an integer >= 0, low:high as in"),
        ("conv2d", "--padding 0:-1", "--padding='0:-1'"),
        ("conv2d", "--padding 1x2x3", "--padding='1x2x3': allowed is .* 2 of these as in 3x5"),
        ("conv2d", "--groups 2.5", "--groups='2.5': allowed is a positive integer"),
        ("conv2d", "--out-channels 0", "--out-channels='0': allowed is a positive integer"),
        ("conv2d", "--out-channels 3 --groups 2", "--groups='2': allowed is a divisor of out_ch"),
        ("conv2d", "--padding-mode mirror", "--padding-mode='mirror': allowed is one of 'zeros'"),
        ("conv2d", "--activation gelu", "--activation='gelu': allowed is one of 'relu'"),
        ("conv2d", "--window 2", "only with max_pool and avg_pool, not with conv2d"),
        ("max_pool2d", "--kernel 2", "only with conv"),
        ("avg_pool2d", "--dilation 2", "only with conv and max_pool"),
        ("max_pool2d", "--exclude-pad", "only with avg_pool"),
        ("pad_reflect", "--stride 2", "not with pad_reflect"),
        ("conv_transpose2d", "--stride 2", "not with conv_transpose2d"),
        ("max_pool2d", "--padding 2", "--padding='2': allowed is less than the window's extent 2"),
    ],
)
def test_mistakes_are_named(operation, argv, message):
    with pytest.raises(SpecError, match=message) as caught:
        _layer(operation, *argv.split())
    assert str(caught.value).startswith("--")

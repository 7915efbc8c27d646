"""Stand-alone code: its header claims what was certified and no more."""

from __future__ import annotations

import pytest

from convproof.certify import generate
from convproof.spec import Conv, MaxPool


def test_the_header_says_where_the_code_comes_from() -> None:
    text = generate(Conv(3, 4, padding=1))
    assert "from derivation conv2d (" in text
    assert "Certified exactly" in text
    assert "(1, 1, 2, 1)" in text
    assert "import numpy as np" in text
    assert "convproof import" not in text


@pytest.mark.parametrize(
    ("spec", "least"),
    [
        (Conv(3, 1, padding=1, padding_mode="reflect"), "(1, 2, 3, 1)"),
        (Conv((3,), 1, padding=2, padding_mode="circular"), "(1, 2, 1)"),
        (Conv((2,), 1, padding=((20, 0),), padding_mode="circular"), "(1, 20, 1)"),
        (Conv((3, 1), 1, padding=((0, 0), (0, 4)), padding_mode="reflect"), "(1, 3, 6, 1)"),
        (Conv((5,), 1, padding="same", padding_mode="reflect"), "(1, 3, 1)"),
    ],
    ids=str,
)
def test_a_border_is_certified_on_images_that_are_wide_enough(spec: Conv, least: str) -> None:
    lines = generate(spec).split('"""')[1].splitlines()
    shapes = [line.strip() for line in lines if line.startswith("  (")]
    assert shapes[0] == least
    assert len(shapes) >= 2


def test_the_header_claims_no_activation() -> None:
    plain, active = (generate(Conv((2,), 1, activation=a)).split('"""')[1] for a in (None, "tanh"))
    assert "up to the activation: tanh is not certified" in active
    assert "Certified exactly, forward and gradients. Input shapes" in plain


def test_a_layer_too_large_to_be_certified_says_so() -> None:
    text = generate(Conv((900,), 1))
    assert "Not certified" in text
    assert "Certified exactly" not in text
    compile(text, "layer.py", "exec")


def test_a_file_is_written_whole_or_not_at_all(tmp_path) -> None:
    path = tmp_path / "conv.py"
    assert path.parent.exists()
    text = generate(MaxPool((2,)), path=path)
    assert path.read_text() == text
    with pytest.raises(OSError, match="nowhere"):
        generate(MaxPool((2,)), path=tmp_path / "nowhere" / "conv.py")
    assert [p.name for p in tmp_path.iterdir()] == ["conv.py"]

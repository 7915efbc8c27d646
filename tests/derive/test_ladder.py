"""From the general definition to the chapter's equations."""

from __future__ import annotations

from convproof.derive.ladder import ladder


def test_the_ladder_has_the_chapters_numbers() -> None:
    said = [
        formula.plain for stage in ladder("conv2d") for number, formula in stage.formulas if number
    ]
    assert said[0] == "Z[i, j] = Σ_{k=1..K_H, l=1..K_W} K[k, l] X[i + k - 1, j + l - 1]"
    assert said[2].endswith("X'[S_H (i - 1) + k, S_W (j - 1) + l, c]")
    assert ladder("pad_reflect") == ()

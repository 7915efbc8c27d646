"""Training in coordinates that are turned along: coupled runs of update rules."""

from __future__ import annotations

from convproof.figures.networks import as_svg, panels
from convproof.figures.registry import figure

RULES = ("sgd", "adam")


@figure(
    "Two runs of gradient descent, and two of Adam, from coupled starts: the second of each in "
    "rotated coordinates and turned back. The runs of gradient descent lie on each other to "
    "rounding; those of Adam part in the first step, for it divides coordinate by coordinate."
)
def coupled_trajectories() -> str:
    """One row of a weight along two coupled runs of SGD and of Adam, and the gaps."""
    from convproof.study.plots import coupled

    page, axes = panels(3)
    page.set_size_inches(8.4, 3.0)
    for number, rule in enumerate(RULES):
        plain, other, gap = coupled(rule, group="orthogonal", steps=60, seed=0)
        one = axes[number]
        one.plot(plain[:, 0, 0], plain[:, 0, 1], "-", color="#0072b2", linewidth=3, alpha=0.6)
        one.plot(other[:, 0, 0], other[:, 0, 1], "--", color="#d55e00")
        one.set_title(f"{rule}: line, and turned (dashed)", fontsize=8)
        axes[2].plot(range(1, len(gap) + 1), gap.clip(1e-18), label=rule,
                     color=("#0072b2", "#d55e00")[number])  # fmt: skip
    axes[2].set_yscale("log")
    axes[2].set_title("largest gap by step", fontsize=8)
    axes[2].tick_params(labelsize=7)
    axes[2].set_yticks([1e-16, 1e-8, 1.0], ["1e-16", "1e-8", "1"], fontsize=7)
    axes[2].minorticks_off()
    axes[2].legend(fontsize=7)
    return as_svg(page, "coupled runs of two update rules")

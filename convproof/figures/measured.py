"""What was measured, drawn: sample sizes against the bounds, kill rates, speed ratios."""

from __future__ import annotations

import statistics
from collections.abc import Callable

from convproof.document.svg import COLOURS
from convproof.figures.networks import as_svg, panels
from convproof.figures.registry import Draw, figure
from convproof.study.measurements import is_there, measurement, ratios


def measured(name: str, alt: str) -> Callable[[Draw], Draw]:
    """Register a picture of a measurement, if that was made."""
    return figure(alt) if is_there(name) else lambda function: function


@measured(
    "separation",
    "Samples that learners need to reach error 0.1, against the dimension, both axes logarithmic: "
    "fully connected nets and ridge on products grow about like the square of d, above the proved "
    "lower bound for learners equivariant under rotations; the ConvNet needs the same few at every "
    "d. Bars are 95 % intervals.",
)
def separation() -> str:
    """The separation of sample sizes, measured, with the proved bounds."""
    from convproof.study.plots import figure as drawn

    panels(1)  # the same bytes each time; and says what is missing
    page = drawn(measurement("separation"))
    return as_svg(page, "samples needed against the dimension")


@measured(
    "detection",
    "Share of the wrong implementations of the corpus that each checker finds, by the kind of "
    "mistake, and how often it accuses a right one.",
)
def kill_rates() -> str:
    """Kill rates on the corpus of wrong implementations."""
    rows = measurement("detection")["rows"]
    page, (axes,) = panels(1)
    page.set_size_inches(7.2, 0.8 + 0.62 * len(rows))
    kinds = list(rows[0]["by_kind"])
    for place, row in enumerate(rows):
        left = 0.0
        for number, kind in enumerate(kinds):
            killed, _ = row["by_kind"][kind]
            share = 100 * killed / row["wrong"]
            name = kind if place == 0 else None
            axes.barh(-place, share, left=left, height=0.6, color=COLOURS[number], label=name)
            left += share
        alarms = f"{row['false_alarms']} of {row['right_runs']} right ones accused"
        axes.text(left + 1, -place, f"{left:.1f} %; {alarms}", va="center", fontsize=7)
    axes.set_xlim(0, 160)
    axes.set_xticks([0, 25, 50, 75, 100], ["0", "25", "50", "75", "100 %"], fontsize=8)
    names = [row["checker"] for row in rows]
    axes.set_yticks([-place for place in range(len(rows))], names, fontsize=8)
    axes.set_title(f"found of {rows[0]['wrong']} mistakes, by kind", fontsize=9)
    axes.legend(fontsize=7, ncols=len(kinds), loc="upper center", bbox_to_anchor=(0.5, -0.1))
    return as_svg(page, "kill rates on the corpus")


@measured(
    "speed",
    "Time of the verified functions over that of plain sliding windows and of PyTorch, one dot a "
    "workload, logarithmic: left of 1 this package is the faster one. The line is the median.",
)
def speed_ratios() -> str:
    """Speed beside others, as ratios."""
    timings = measurement("speed")["timings"]
    rivals = ("windows", "torch")
    shown = {rival: found for rival in rivals if (found := ratios(timings, rival))}
    kinds = {"conv": "convolution", "max_pool": "max-pooling", "avg_pool": "mean-pooling"}
    page, (axes,) = panels(1)
    page.set_size_inches(7.2, 0.9 + 1.1 * len(shown))
    places: list[tuple[float, str]] = []
    at = 0.0
    for rival, found in shown.items():
        for number, (kind, word) in enumerate(kinds.items()):
            mine = [ratio for name, ratio in found if name.startswith(kind)]
            colour = COLOURS[number if number < 2 else 2]
            axes.plot(mine, [at] * len(mine), "o", color=colour, alpha=0.6, markersize=5)
            middle = statistics.median(mine) if mine else 1.0
            axes.plot([middle] * 2, [at - 0.35, at + 0.35], "-", color=colour, linewidth=2)
            places.append((at, f"{word} / {rival} ({len(mine)})"))
            at -= 1
        at -= 0.4
    axes.axvline(1.0, color="#888888", linewidth=1)
    axes.set_xscale("log")
    ticks = ("0.01", "0.03", "0.1", "0.3", "1", "3", "10")
    axes.set_xticks([float(tick) for tick in ticks], ticks, fontsize=8)
    axes.minorticks_off()
    axes.set_yticks([y for y, _ in places], [name for _, name in places], fontsize=8)
    axes.set_xlabel("our time / theirs; left of 1 we are faster", fontsize=8)
    return as_svg(page, "speed beside others, as ratios")

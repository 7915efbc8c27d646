"""The part of a page that can be pointed at: outputs, weights and pixels of a small layer.

One function of the page's own script draws everything from the one relation; nothing is fetched.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import resources

from convproof.spec.axis import Axis

MOST = 14  # pixels along an axis that a page draws


def playground(lines: Sequence[tuple[Axis, int]], weights: bool) -> str:
    """HTML of the playground for a layer of these axes; three axes show their last two."""
    shown = list(lines)[-2:]
    if len(shown) == 1:
        shown = [(Axis(1, 1, 1, 0, 0, False), 1), *shown]
    layer = [
        {
            "size": min(size, MOST),
            "taps": axis.kernel,
            "stride": axis.stride,
            "dilation": axis.dilation,
            "lo": axis.pad_lo,
            "hi": axis.pad_hi,
        }
        for axis, size in shown
    ]
    cut = any(size > MOST for _, size in shown)
    note = f" The image is cut to {MOST} pixels along an axis." if cut else ""
    script = resources.files("convproof.explain").joinpath("playground.js").read_text("utf-8")
    data = json.dumps({"axes": layer, "weights": weights})
    return (
        '<section class="playground" aria-label="playground"><p>Point at an output to see its '
        "window, at a weight to see its copies and the terms of its gradient, at a pixel to see "
        f"whom it reaches.{note}</p>"
        '<div id="sliders"></div><div id="planes" style="display:flex;flex-wrap:wrap;gap:1rem">'
        '</div><p id="said" role="status" style="min-height:3em"></p></section>'
        f"<script>const LAYER = {data};\n{script}</script>"
    )

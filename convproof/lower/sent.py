"""A maximum's gradient by what all windows see: each window's goes to its first maximum."""

from __future__ import annotations

from convproof.derive.step import Derivation
from convproof.lower.argmax import image_of
from convproof.lower.assemble import assemble, linear, main_term, name, tap_size
from convproof.lower.contraction import contractions
from convproof.lower.program import Let, Program, Sent, Statement, View, Windows


def lower_sent(derivation: Derivation, title: str, doc: str, apart: bool = False) -> Program:
    """The rows of all windows' pixels, and where each sends its gradient.

    `apart` if no pixel is two windows', and none is missing.
    """
    term = main_term(contractions(derivation, derivation.goals["gradient x"]))
    image, (flow,) = image_of(derivation, term), term.factors
    relations = sorted(term.relations, key=lambda one: "qkl".index(one.tap))
    lines = [linear(one.offset, one.tap) for one in relations]
    taps = tuple(tap_size(one) for one in relations)
    gap, offset = tuple(gap for gap, _ in lines), tuple(offset for _, offset in lines)
    stride = tuple(one.stride for one in relations)
    coarse = tuple(one.coarse_size for one in relations)
    # Each channel is a group of one: (images, *out, channels, *taps, 1).
    pixels = View(name(image), (*(":" for _ in range(len(relations) + 2)), "+"))
    fine = tuple(one.fine_size for one in relations)
    result = name(term.out.array)
    geometry = fine, taps, gap, offset, stride, coarse
    body: list[Statement] = [
        Let("seen", Windows(pixels, taps, gap, offset, stride, coarse, fill="lowest")),
        Let(result, Sent("seen", name(flow.array), *geometry, apart)),
    ]
    told = ("stride", "dilation", "pad_lo", "taps")
    return assemble(title, doc, derivation, [flow.array, image], body, result, (), told)

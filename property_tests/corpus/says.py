"""What a first line has to say to be right: words for each family of mistakes, and exceptions.

A line is right if it has one of the words, whatever their case.  Where the mistake is of one place
only, the words name the place.  Entries whose law says all (an input written, a call refused) need
no line.
"""

from __future__ import annotations

from property_tests.corpus.mutant import Mutant

FAMILIES: dict[str, tuple[str, ...]] = {
    "kernel flipped": ("flipped",),
    "axes swapped": ("exchanged", "transposed", "swapped", "another axis", "laid out", "taken for"),
    "parameters mixed": ("stride and dilation",),
    "dilation ignored": ("dilation",),
    "stride ignored": ("stride",),
    "stride > kernel": ("stride", "taken for", "leaves out", "wrong"),
    "padding": ("padding", "border", "windows start", "crop", "shifted"),
    "padding value": ("pads with", "starts at", "border"),
    "groups": ("group", "dealt out", "channel"),
    "bias": ("bias", "grad_b", "batch item"),
    "reduction": ("channel", "tap", "kernel column", "minimum", "absolute", "divided", "weight"),
    "activation": ("ReLU",),
    "leftover": ("leftover", "left-over", "last row", "rounded up", "windows", "shape"),
    "1x1 fast path": ("stride", "border", "group", "padding", "bias"),
    "dtype": ("float32", "integer", "fractions", "bits", "dtype"),
    "fft": ("FFT", "wrapped", "flipped", "bits"),
    "winograd": ("last", "dilation", "bits", "kernel", "weight"),
    "strided views": ("stride", "row"),
    "im2col": ("laid out", "leaves out"),
    "einsum": ("channels swapped", "exchanged", "diagonal"),
    "scatter": ("kernel columns but the last", "last"),
    "sparse matrix": ("border", "padding", "row"),
    "tiles": ("row", "channel"),
    "vectorised": ("column",),
    "low rank": ("bits", "kernel"),
    "threshold": ("batch item", "channel", "column", "row", "position", "terms", "window"),
    "one shape": ("kernel", "position", "input", "flipped", "exchanged", "row", "weight", "stride"),
    "one stride": ("column", "stride"),
    "one dilation": ("dilation",),
    "combination": (
        "dilation",
        "group",
        "channel",
        "padding",
        "shifted",
        "row",
        "tap",
        "flipped",
        "kernel",
        "windows start",
        "early",
        "late",
        "border",
        "reverse",
    ),
    "one pixel": ("last", "row", "column"),
    "values": ("ReLU", "batch", "value", "clip", "these very numbers", "bits", "NaN", "wrong"),
    "precision": ("float16", "float32", "bits", "flipped", "padding", "dtype"),
    "one dtype": ("channel",),
    "scale": ("weight", "times", "over the whole window", "bits"),
    "shape": ("shape", "axis", "batch"),
    "tap lost": ("kernel row",),
    "tied copies": ("copy", "copies", "+=", "batch", "only"),
    "grad_x": ("flip", "leftover", "stride", "padding", "crop", "shifted"),
    "grad_w": ("stride", "padding", "leftover", "flipped", "reverse"),
    "overlaps": ("overlap", "+=", "weight"),
    "ties": ("tie",),
    "nan": ("NaN",),
    "separable": ("stride",),
    "divisor": ("divi", "weight"),
    "noise": ("chance", "two answers", "zero", "earlier"),
    "stale state": ("earlier call", "not read"),
    "workspace": ("earlier call", "two answers", "border", "not read"),
    "second call": ("earlier", "two answers", "chance"),
    "accumulates": ("earlier", "two answers"),
    "after an error": ("earlier", "padding", "border", "two answers"),
    "layout": ("plain arrays",),
    "thread": ("earlier", "chance", "thread"),
}
# laws whose own statement is what is wrong
PLAIN = (
    "inputs-unwritten", "outputs-own", "results-stay", "refuses-too-large", "returns-an-answer",
    "answers-every-lawful-call", "keeps-dtype", "dtype", "threads", "empty-batch",
    "refuses-unlawful", "no-memory",
)  # fmt: skip


def right_line(entry: Mutant, law: str, line: str) -> bool:
    """Whether the first line of a failure says what is wrong with an entry."""
    words = entry.says or FAMILIES.get(entry.family, ())
    if not line:
        return law in PLAIN
    return any(word.lower() in line.lower() for word in words)

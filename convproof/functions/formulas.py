"""The equations that the public functions implement, in plain text, written out for each rank.

All indices count from 1, as in the chapter: n the image, (i, j, t) the output's position, (k, l, v)
the tap, (p, q, r) the pixel, c and m the channels of an image and of a convolution's output.
"""

from __future__ import annotations

POSITIONS, TAPS, PIXELS = "ijt", "klv", "pqr"


def met(rank: int, tap: str = "D({}-1) + 1", shift: str = "") -> str:
    """Which pixel, tap and position meet, on each axis; the `tap`'s share, and a `shift`."""
    axes = zip(PIXELS[:rank], POSITIONS, TAPS, strict=False)
    return ",  ".join(f"{p} = S({i}-1) + {tap.format(k)}{shift}" for p, i, k in axes)


def formulas(rank: int) -> dict[str, str]:
    """The equations by name; each line stands by itself."""
    i, k, p = (",".join(letters[:rank]) for letters in (POSITIONS, TAPS, PIXELS))
    lines = {
        "conv": [f"Z_{{n,{i},m}} = sum_{{c,{k}}} X'_{{n,{p},c}} K_{{{k},c,m}} + b_m"],
        "conv_backward": [
            f"dX'_{{n,{p},c}} = sum_{{{i},{k},m}} dZ_{{n,{i},m}} K_{{{k},c,m}}",
            f"dK_{{{k},c,m}} = sum_{{n,{i}}} dZ_{{n,{i},m}} X'_{{n,{p},c}}",
            f"db_m = sum_{{n,{i}}} dZ_{{n,{i},m}}",
        ],
        "transposed": [f"Y_{{n,{p},c}} = sum_{{{i},{k},m}} X_{{n,{i},m}} K_{{{k},c,m}} + b_c"],
        "transposed_backward": [
            f"dX_{{n,{i},m}} = sum_{{c,{k}}} dY_{{n,{p},c}} K_{{{k},c,m}}",
            f"dK_{{{k},c,m}} = sum_{{n,{i}}} X_{{n,{i},m}} dY_{{n,{p},c}}",
            f"db_c = sum_{{n,{p}}} dY_{{n,{p},c}}",
        ],
        "max": [f"Z_{{n,{i},c}} = max_{{{k}}} X'_{{n,{p},c}}"],
        "max_backward": [f"dX'_{{n,{p},c}} = sum_{{{i},{k}}} dZ_{{n,{i},c}} A_{{n,{i},{k},c}}"],
        "avg": [f"Z_{{n,{i},c}} = (1 / T_{{{i}}}) sum_{{{k}}} X'_{{n,{p},c}}"],
        "avg_backward": [f"dX'_{{n,{p},c}} = sum_{{{i},{k}}} dZ_{{n,{i},c}} / T_{{{i}}}"],
    }
    where = {"transposed": met(rank, shift=" - P"), "avg": met(rank, tap="{}")}
    texts = {}
    for name, equations in lines.items():
        place = where.get(name.removesuffix("_backward"), met(rank))
        texts[f"formula_{name}"] = "\n".join(f"    {line}" for line in [*equations, place])
    return {**texts, "index_tap": f"{i},{k}", "tap": k, "index": i}

"""Patches as columns: taps and channels come first and positions last.

With few channels the copies then run along an axis of the image instead of over a handful of
channels.
"""

from __future__ import annotations

from convproof.schedules.im2row import Im2row
from convproof.schedules.registry import register


@register
class Im2col(Im2row):
    """(outputs, taps and channels) by (taps and channels, positions)."""

    name = "im2col"
    summary = "the taps of each position gathered as a column, then a matrix product"
    arrangement = "columns"

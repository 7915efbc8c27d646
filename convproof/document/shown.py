"""How results show themselves: one short line as repr, their whole text in a notebook."""

from __future__ import annotations

import html

from convproof.printable import printable

_WIDE = 160


class Shown:
    """A result with a text of its own, `str`; a dataclass of this kind needs `repr=False`."""

    def __repr__(self) -> str:
        """The type and the first line of the text, cut."""
        lines = str(self).strip().splitlines()
        first = printable(" ".join(lines[0].split())) if lines else ""
        cut = len(first) > _WIDE or len(lines) > 1
        return f"<{type(self).__name__}: {first[:_WIDE]}{' ...' if cut else ''}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the whole text, escaped."""
        return f"<pre>{html.escape(printable(str(self)))}</pre>"

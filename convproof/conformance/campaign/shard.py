"""One part of a campaign: a run of one op with a seed of its own, and all that its result rests on.

Another seed means another covering array, other thresholds, other random calls.
"""

from __future__ import annotations

import functools
import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from importlib import metadata
from typing import Any

import numpy as np

import convproof
from convproof.files import package_digest

SHARD = 2500  # calls: the whole plan once, and some random ones
TIMEOUT = 60.0  # seconds for one call


@dataclass(frozen=True)
class Shard:
    """One piece of a campaign; what it is fixes what it does.

    `content` is what the target was when the campaign began: digests of its files, versions of
    its libraries (`sandbox.footprint`); `made` what judges it.
    """

    target: str
    op: str
    seed: int
    examples: int
    laws: tuple[str, ...] | None
    layout: str | None
    timeout: float
    content: Mapping[str, Mapping[str, str]]
    made: Mapping[str, str]

    def __hash__(self) -> int:
        return hash(self.key)

    @functools.cached_property
    def key(self) -> str:
        """What a finished shard is recognised by: another target or judge does it anew."""
        return hashlib.sha256(canonical(self.plain()).encode()).hexdigest()[:32]

    def plain(self) -> dict[str, Any]:
        """JSON-ready."""
        data: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return data

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Shard:
        """What `plain` gave."""
        laws = data["laws"]
        return cls(**{**data, "laws": None if laws is None else tuple(laws)})


def shards(ops: Iterable[str], examples: int, seed: int, **common: Any) -> list[Shard]:
    """The pieces of a campaign of `examples` calls for each op, the ops taking turns."""
    pieces = []
    names = list(ops)
    for start in range(0, examples, SHARD):
        size = min(SHARD, examples - start)
        pieces += [
            Shard(op=op, seed=seed + start // SHARD, examples=size, **common) for op in names
        ]
    return pieces


def canonical(data: Any) -> str:
    """The JSON of data in one form only, of which checksums are made."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), allow_nan=False)


@functools.cache
def judged_by() -> Mapping[str, str]:
    """What a result rests on besides the target: convproof's own code, Python, NumPy, the machine.

    >>> sorted(judged_by())
    ['code', 'convproof', 'hypothesis', 'machine', 'numpy', 'python']
    """
    try:
        draws = metadata.version("hypothesis")
    except metadata.PackageNotFoundError:
        draws = "none"
    return {
        "convproof": convproof.__version__,
        "code": package_digest(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "numpy": np.__version__,
        "hypothesis": draws,
        "machine": f"{platform.system()} {platform.machine()}",
    }

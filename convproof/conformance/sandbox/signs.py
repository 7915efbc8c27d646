"""A worker's signs of life, in memory that it shares with the run: a count, and what it is at."""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
import tempfile

_LAYOUT = struct.Struct("<QB")


class Signs:
    """What a worker is at, and how many calls, imports and looks at a module it has begun.

    Args:
        descriptor: of the shared memory; None makes it.
    """

    def __init__(self, descriptor: int | None = None) -> None:
        self.descriptor = _memory() if descriptor is None else descriptor
        self._shared = mmap.mmap(self.descriptor, _LAYOUT.size)

    def beat(self, at: int) -> None:
        """Note that another one begins."""
        count, _ = _LAYOUT.unpack_from(self._shared)
        # A target that finds the memory may have written anything there.
        _LAYOUT.pack_into(self._shared, 0, (count + 1) % (1 << 64), at)

    def read(self) -> tuple[int, int]:
        """(how many were begun, what the last one was)."""
        count, at = _LAYOUT.unpack_from(self._shared)
        return count, int(at)

    def close(self) -> None:
        """Let go of the memory."""
        self._shared.close()
        os.close(self.descriptor)


def _memory() -> int:
    """A descriptor of memory that other processes can be handed.

    Where that can be had, none of them can cut it off: a look at it would end the one that looks.
    """
    if hasattr(os, "memfd_create"):
        sealable = os.memfd_create("signs", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        os.truncate(sealable, _LAYOUT.size)
        fcntl.fcntl(sealable, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL)
        return sealable
    with tempfile.TemporaryFile() as file:
        file.truncate(_LAYOUT.size)
        return os.dup(file.fileno())

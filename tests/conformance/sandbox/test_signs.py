"""A worker's signs are read whatever a target has done to the memory that holds them."""

from __future__ import annotations

import os

import pytest

from convproof.conformance.sandbox.signs import Signs


def test_what_one_notes_the_other_reads():
    ours = Signs()
    theirs = Signs(os.dup(ours.descriptor))
    theirs.beat(1)
    theirs.beat(3)
    assert ours.read() == (2, 3)
    os.pwrite(ours.descriptor, b"\xff" * 9, 0)  # a target did
    theirs.beat(2)
    assert ours.read() == (0, 2)
    theirs.close()
    ours.close()


@pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="memory is not sealed there")
def test_nobody_can_cut_off_the_memory_under_the_one_that_looks():
    ours = Signs()
    with pytest.raises(PermissionError):  # a read would end this process with SIGBUS
        os.ftruncate(ours.descriptor, 0)
    assert ours.read() == (0, 0)
    ours.close()

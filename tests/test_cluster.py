"""A Dask address: one line within a time for whatever is, or is not, there."""

from __future__ import annotations

import socket
import time

import pytest

from convproof import cluster
from convproof.errors import SpecError


def test_a_port_that_keeps_silent_is_told_in_time(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "ANSWERS", 0.5)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        begun = time.monotonic()
        for address in (f"tcp://127.0.0.1:{silent.getsockname()[1]}", "no address"):
            with (
                pytest.raises(SpecError, match="nobody answers there"),
                cluster.cluster(address, "a test"),
            ):
                pass
        assert time.monotonic() - begun < 20

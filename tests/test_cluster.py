"""A cluster that does not answer, or has nobody to work, is told in a line, in time."""

from __future__ import annotations

import socket
import time

import pytest

from convproof import cluster as module
from convproof.cluster import Cluster, cluster
from convproof.errors import SpecError


@pytest.mark.parametrize("address", ["garbage", "tcp://[::", "foo://x", "tcp://127.0.0.1:9"])
def test_a_wrong_address_is_a_mistake_in_the_arguments(address, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(module, "ANSWERS", 2)
    with pytest.raises(SpecError, match="nobody answers there") as said, cluster(address, "study"):
        pass
    assert ("tried for 2 s" in str(said.value)) == address.endswith(":9")  # one word, each time


def test_a_socket_that_says_nothing_is_not_waited_for(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(module, "ANSWERS", 1)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        began = time.monotonic()
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(SpecError, match="no"), cluster(address, "study"):
            pass
        assert time.monotonic() - began < 30


class Client:
    """A client of a scheduler that loses its workers, or its life."""

    def __init__(self, status="running", threads=()):
        self.status, self._threads = status, dict(enumerate(threads))

    def nthreads(self):
        return self._threads


def test_no_workers_have_an_end(monkeypatch):
    monkeypatch.setattr(module, "LONELY", 0.3)
    assert Cluster(Client(threads=(2, 3)), "a").threads() == 5
    with pytest.raises(SpecError, match="start one with 'dask worker'"):
        Cluster(Client(), "a").threads()


def test_a_scheduler_that_has_gone_is_said():
    with pytest.raises(SpecError, match="the scheduler has gone"):
        Cluster(Client("closed"), "a").threads()

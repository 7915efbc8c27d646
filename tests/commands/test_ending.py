"""A signal that ends the command is told, one that comes while it is still being imported too."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

# what its first import of the command's own modules meets
EARLY = """
import os, signal, sys

# whoever runs the tests may ignore it, and what is ignored stays so in children
usual = {signal.SIGINT: signal.default_int_handler}
signal.signal(signal.NAME, usual.get(signal.NAME, signal.SIG_DFL))

class Sender:
    def find_spec(self, name, *more):
        if name == "convproof.cli":
            os.kill(os.getpid(), signal.NAME)

sys.meta_path.insert(0, Sender())
import convproof.__main__
sys.exit(convproof.__main__.main())
"""
LATER = """
import os, signal
from convproof.commands.ending import say_before_the_end, say_no_more
say_before_the_end()
MORE
os.kill(os.getpid(), signal.SIGTERM)
"""


def ended(text):
    return subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_before_the_first_import_is_over_has_its_word(name):
    done = ended(EARLY.replace("NAME", name))
    assert done.returncode == -signal.Signals[name]
    assert done.stderr == f"convproof: ended by {name}; finished work is kept\n"


def test_an_early_interruption_is_one_line():
    done = ended(EARLY.replace("NAME", "SIGINT"))
    assert (done.returncode, done.stderr.count("\n")) == (130, 1)


def test_a_child_whose_parent_has_the_word_is_silent():
    done = ended(LATER.replace("MORE", ""))
    assert done.stderr == "convproof: ended by SIGTERM; finished work is kept\n"
    done = ended(LATER.replace("MORE", "say_no_more()"))
    assert (done.returncode, done.stderr) == (-signal.SIGTERM, "")

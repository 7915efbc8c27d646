"""Values of options that are none are a mistake, said in a line."""

from __future__ import annotations

import pytest

from convproof.cli import main


@pytest.mark.parametrize(
    ("line", "allowed"),
    [
        (["check", "scipy", "--dask", ""], "the address of a Dask scheduler"),
        (["study", "separation", "--dask", " "], "the address of a Dask scheduler"),
        (["check", "scipy", "--timeout", "nan"], "a positive number of seconds"),
        (["check", "scipy", "--timeout", "-1"], "a positive number of seconds"),
        (["check", "scipy", "--max-seconds", "0"], "a positive number of seconds"),
        (["check", "scipy", "--max-seconds", "inf"], "a positive number of seconds"),
        (["check", "scipy", "--examples", "1e9"], "a whole number >= 1"),
        (["check", "scipy", "--seed", "-1"], "a whole number >= 0"),
        (["check", "scipy", "--jobs", "0"], "a whole number >= 1"),
    ],
)
def test_a_value_that_is_none_is_a_mistake(line, allowed, capsys):
    with pytest.raises(SystemExit) as end:
        main(line)
    assert end.value.code == 2
    said = capsys.readouterr().err
    assert f"allowed is {allowed}" in said
    assert said.count("\n") == 1

"""The `convproof` command, also `python -m convproof`; from its first line, its end has a word."""

from __future__ import annotations

import sys

from convproof.commands.ending import say_before_the_end


def main() -> int:
    """The exit code of the command that the arguments ask for.

    What it needs is imported when its end can be told already: that takes the half of a second.
    """
    try:
        say_before_the_end()
        from convproof import cli

        return cli.main()
    except KeyboardInterrupt:
        sys.stderr.write("convproof: interrupted; finished work is kept\n")
        return 130


if __name__ == "__main__":
    raise SystemExit(main())

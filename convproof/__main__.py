"""`python -m convproof` is the `convproof` command."""

from convproof.cli import main

raise SystemExit(main())

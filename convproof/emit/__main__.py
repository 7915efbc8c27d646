"""`python -m convproof.emit` writes the generated modules anew."""

from pathlib import Path

import convproof
from convproof.emit.modules import write

for changed in write(Path(convproof.__path__[0], "generated")):
    print(f"wrote {changed.name}")

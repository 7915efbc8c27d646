"""`python -m convproof.lower` writes the generated modules anew."""

from pathlib import Path

import convproof.generated
from convproof.lower.modules import write

for changed in write(Path(convproof.generated.__path__[0])):
    print(f"wrote {changed.name}")

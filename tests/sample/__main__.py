"""`python -m tests.sample [OUT]`: write the sample, by default the one at the top of the checkout."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.sample.build import build


def main(arguments: list[str]) -> int:
    """Write it and say where and how large it is."""
    if len(arguments) > 1 or arguments[:1] in (["-h"], ["--help"]):
        print(__doc__)
        return 0 if len(arguments) == 1 else 2
    target = Path(arguments[0]) if arguments else Path(__file__).resolve().parents[2] / "sample.db"
    made = build(target)
    print(f"{made}: {made.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""Sound files of formats that are not written here: our own fixtures."""

from functools import cache
from pathlib import Path

FORMATS = Path(__file__).resolve().parent.parent / "fixtures" / "formats"


@cache
def fixtures(*patterns):
    """(ending, bytes) of each, in a fixed order."""
    found = sorted({path for pattern in patterns for path in FORMATS.glob(pattern)})
    if not found:
        raise SystemExit(f"error: no fixture fits {patterns} in {FORMATS}")
    return [("".join(path.suffixes[-2:] if path.name.endswith((".gz", ".xz")) else path.suffixes[-1:]).lstrip("."), path.read_bytes()) for path in found]

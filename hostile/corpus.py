"""Makes the set: so many files by kind and recipe, the same for the same seed, no two with the same bytes."""

import hashlib
import random
import shutil
from dataclasses import dataclass
from pathlib import Path

from kinds import KINDS
from kinds.mixtures import ENDINGS

# One in five goes in under a wrong ending as well.
WRONGLY_NAMED = 5
# One in forty has a name that is awkward itself.
ODDLY_NAMED = 40
NAMES = [b"\xe2\x80\xaetxt.exe", b"new\nline", b"tab\there", b"\x1b[31mred", b"\xff\xfe not utf-8", b"quote\"'`", b"-rf", b"=1+1", b"a" * 200, b"\xe2\x80\x8b", b"%s%n", b"space ", b"\\back", b"\xf0\x9f\x93\xb7", b"*?[x]", b"a!b.csv!c"]


@dataclass(frozen=True)
class Made:
    kind: str
    recipe: str
    path: Path
    sha256: str
    size: int


def shares(count: int) -> dict[str, int]:
    whole = sum(kind.SHARE for kind in KINDS.values())
    counts = {name: count * kind.SHARE // whole for name, kind in KINDS.items()}
    # What rounding left goes to the first ones.
    for name in list(counts)[: count - sum(counts.values())]:
        counts[name] += 1
    return counts


def make(folder: Path, count: int, seed: int) -> list[Made]:
    shutil.rmtree(folder, ignore_errors=True)
    seen, made = set(), []
    for kind, wanted in shares(count).items():
        (folder / kind).mkdir(parents=True)
        recipes = KINDS[kind].RECIPES
        for n in range(wanted):
            recipe = recipes[n % len(recipes)]
            for attempt in range(50):
                # Some recipes have a few outcomes only: after that another one of the kind takes its turn.
                recipe = recipe if attempt < 20 else recipes[(n + attempt) % len(recipes)]
                chance = random.Random(f"{seed}-{kind}-{n}-{attempt}")
                suffix, data = recipe(chance)
                digest = hashlib.sha256(data).hexdigest()
                if digest not in seen:
                    break
            else:
                raise SystemExit(f"error: {kind} gives no new file after {n}")
            seen.add(digest)
            name = f"{n:04}-{recipe.__name__}".encode()
            if chance.randrange(ODDLY_NAMED) == 0:
                name += chance.choice(NAMES)
            made.append(written(folder / kind, name, suffix, data, digest, kind, recipe.__name__))
    return made


def written(folder, name, suffix, data, digest, kind, recipe):
    path = folder / (name + (f".{suffix}".encode() if suffix else b"")).decode("utf-8", "surrogateescape")
    path.write_bytes(data)
    return Made(kind, recipe, path, digest, len(data))


def gathered(folder: Path) -> list[Made]:
    """The files of a folder that somebody else made; the same bytes once."""
    seen, found = set(), []
    for path in sorted(it for it in folder.rglob("*") if it.is_file() and not it.is_symlink()):
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        if digest not in seen:
            seen.add(digest)
            parts = path.relative_to(folder).parts
            found.append(Made(parts[0] if len(parts) > 1 else "other", "", path, digest, len(data)))
    return found


def wrongly_named(made: list[Made], seed: int) -> list[tuple[Made, str]]:
    """A fifth of them, each with an ending that it should not have."""
    chance = random.Random(f"{seed}-names")
    some = chance.sample(made, len(made) // WRONGLY_NAMED)
    return [(one, chance.choice([it for it in ENDINGS if it != one.path.suffix.lstrip(".")])) for one in some]

"""What each batch gave, kept as it is done, so that a run of an hour that was stopped goes on where it was."""

import hashlib
import json
import subprocess
from collections import Counter
from pathlib import Path

from checks import Entry, Result


class Journal:
    def __init__(self, path: Path | None, program: Path):
        self.path = path
        build = hashlib.sha256(program.read_bytes()).hexdigest()[:12]
        version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
        self.program = f"{version} (sha256 {build})"
        self.known, self.used = {}, Counter()
        if path and path.exists():
            for line in path.read_text("utf-8").splitlines():
                row = json.loads(line)
                self.known[row["batch"]] = row

    def right(self, entries: list[Entry], traced: bool) -> Result | None:
        """What is known of these very files under these very names, if nothing was wrong then."""
        row = self.known.get(identity(entries, traced))
        if not row or row["result"]["wrong"]:
            return None
        self.used[row["program"]] += len(entries)
        return Result(**row["result"])

    def add(self, entries: list[Entry], traced: bool, result: Result):
        self.used[self.program] += len(entries)
        if self.path:
            with open(self.path, "a", encoding="utf-8") as file:
                file.write(json.dumps({"batch": identity(entries, traced), "program": self.program, "result": vars(result)}) + "\n")

    def programs(self) -> list[str]:
        """Which build read how many of the inputs: a set put to several is no proof of the last one alone."""
        return [f"{inputs} inputs by {program}" for program, inputs in self.used.items()]


def identity(entries: list[Entry], traced: bool) -> str:
    named = "\0".join([f"{traced}", *(f"{entry.name}\0{entry.made.sha256}" for entry in entries)])
    return hashlib.sha256(named.encode("utf-8", "surrogateescape")).hexdigest()

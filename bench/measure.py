"""One run of one program, and several programs in turn on the same file."""
import os
import re
import signal
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass, field

SECONDS_AT_MOST = 1800


@dataclass
class Contender:
    """A program to be timed. `prepare` is called before each run, outside the clock."""

    label: str
    command: list
    hits: object = None  # output -> number of records with a hit
    env: dict = field(default_factory=dict)
    prepare: object = None
    accept: tuple = (0,)


@dataclass
class Run:
    wall: float
    cpu: float
    rss_mib: float
    output: str
    fault: str


@dataclass
class Result:
    """The median of a contender's runs on `size` bytes."""

    label: str
    size: int
    runs: list
    hits: int | None

    @property
    def fault(self):
        return next((run.fault for run in self.runs if run.fault), "")

    @property
    def wall(self):
        return statistics.median(run.wall for run in self.runs)

    @property
    def cpu(self):
        return statistics.median(run.cpu for run in self.runs)

    @property
    def rss_mib(self):
        return max(run.rss_mib for run in self.runs)

    @property
    def spread(self):
        walls = [run.wall for run in self.runs]
        return (min(walls), max(walls))

    @property
    def speed(self):
        """MB (10^6 bytes) a second of wall time."""
        return self.size / 1e6 / self.wall

    @property
    def speed_a_core(self):
        """MB a second of CPU time: what one core does, however many were used."""
        return self.size / 1e6 / max(self.cpu, 1e-3)


def run_once(contender):
    """Wall and CPU seconds and peak memory of the child and of all that it waited for."""
    if contender.prepare:
        contender.prepare()
    env = {**os.environ, **contender.env}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.perf_counter()
        child = subprocess.Popen(
            contender.command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=env, start_new_session=True
        )
        signal.signal(signal.SIGALRM, lambda *_: os.killpg(child.pid, signal.SIGKILL))
        signal.alarm(SECONDS_AT_MOST)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - started
        signal.alarm(0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        output = out.read().decode("utf-8", "replace")
        complaint = err.read().decode("utf-8", "replace").strip()
    fault = ""
    if child.returncode not in contender.accept:
        fault = f"exit {child.returncode}: {complaint[-300:]}"
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output, fault)


def contest(title, paths, contenders, times, say):
    """Runs all in turn, `times` times over, with the files in the page cache; label -> Result."""
    say(f"\n{title}")
    size = sum(os.path.getsize(path) for path in paths)
    for path in paths:
        with open(path, "rb") as file:
            while file.read(1 << 22):
                pass
    runs = {contender.label: [] for contender in contenders}
    for _ in range(times):
        for contender in contenders:
            if any(run.fault for run in runs[contender.label]):
                continue
            runs[contender.label].append(run_once(contender))
    results = {}
    for contender in contenders:
        done = runs[contender.label]
        hits = None
        if contender.hits and not done[-1].fault:
            hits = contender.hits(done[-1].output)
        result = results[contender.label] = Result(contender.label, size, done, hits)
        note = result.fault or ("" if hits is None else f"{hits:,} records")
        say(
            f"  {result.label:<44} {result.wall:8.2f} s {result.speed:8.0f} MB/s {result.cpu:8.2f} CPU s"
            f" {result.rss_mib:7.0f} MiB  {note}"
        )
    return results


def count_of_lines(output):
    """`rg -c` and `grep -c` print the number alone, or FILE:NUMBER."""
    return sum(int(number) for number in re.findall(r"(?:^|:)(\d+)$", output, re.MULTILINE))

"""What a record says about the machine, and how it is laid out."""
import importlib.metadata
import os
import platform
import re
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent


def load():
    """Load averages of one, five and fifteen minutes."""
    return " ".join(f"{value:.2f}" for value in os.getloadavg())


def machine():
    """(what, value) rows."""
    cpu = first(r"model name\s*:\s*(.+)", "/proc/cpuinfo") or platform.processor()
    memory = first(r"MemTotal:\s*(\d+)", "/proc/meminfo")
    rows = [
        ("processor", f"{cpu}, {os.cpu_count()} cores"),
        ("memory", f"{int(memory or 0) / 1048576:.0f} GiB"),
        ("system", f"{platform.system()} {platform.release()}, Python {platform.python_version()}"),
        ("stripout", commit()),
        ("rustc", said("rustc", "--version")),
    ]
    for tool in ("rg", "grep", "zstd", "pigz"):
        rows.append((tool, re.sub(r"[*\s]+", " ", said(tool, "--version")).strip()))
    for package in ("duckdb", "pyahocorasick", "orjson", "ocdscardinal"):
        rows.append((package, version(package)))
    lock = (HERE / "rivals/Cargo.lock").read_text()
    for name in ("aho-corasick", "csv", "flate2", "zlib-rs", "memchr", "zstd"):
        found = re.search(rf'name = "{name}"\nversion = "([^"]+)"', lock)
        rows.append((f"{name} (crate)", found[1] if found else "not there"))
    return rows


def commit():
    sha = said("git", "-C", str(HERE), "rev-parse", "--short=12", "HEAD")
    changed = said("git", "-C", str(HERE), "status", "--porcelain", "--untracked-files=no", "--", "../crates", "../data", "../Cargo.lock")
    return f"commit {sha}" + (" with changes not committed" if changed else "")


def said(*command):
    """The first line a program prints, or that it is not there."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return "not there"
    return (done.stdout.splitlines() or [""])[0].strip()


def version(package):
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "not there"


def first(pattern, path):
    try:
        found = re.search(pattern, Path(path).read_text())
    except OSError:
        return ""
    return found[1] if found else ""


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "|".join(" --- " for _ in head) + "|"]
    lines += ["| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def contest_table(results):
    rows = []
    for result in results.values():
        if result.fault:
            rows.append([result.label, "failed", "", "", "", "", result.fault[:160]])
            continue
        low, high = result.spread
        rows.append([
            result.label, f"{result.wall:.2f} ({low:.2f}-{high:.2f})", f"{result.speed:,.0f}", f"{result.cpu:.2f}",
            f"{result.speed_a_core:,.0f}", f"{result.rss_mib:,.0f}", "" if result.hits is None else f"{result.hits:,}",
        ])
    return table(["run", "wall s (min-max)", "MB/s", "CPU s", "MB per CPU s", "peak MiB", "records with a hit"], rows)

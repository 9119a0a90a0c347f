"""A sample under strace: no file but the input and what belongs to the program is opened, no socket, no other program."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from program import environment

CALLS = "trace=?open,openat,?openat2,?creat,socket,connect,bind,execve,?unlink,unlinkat,?rename,?renameat,renameat2,?link,linkat,?symlink,symlinkat,?mkdir,mkdirat,?rmdir,truncate"
# What any program reads to start and to know its machine.
SYSTEM = ("/lib", "/usr/lib", "/etc/ld.so", "/proc", "/sys", "/dev/null", "/dev/urandom")
CALL = re.compile(r'^\d+ +(\w+)\((?:\w+<([^>]*)>)?[^"]*(?:"((?:[^"\\]|\\.)*)")?(.*)$')


def can_trace() -> bool:
    return bool(shutil.which("strace")) and subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode == 0


def strange_calls(program: Path, entries, label: str) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="stripout-hostile-") as held:
        home = Path(held).resolve()
        folder, out, log = home / "evidence", home / "out", home / "log"
        folder.mkdir()
        out.mkdir()
        for entry in entries:
            (folder / entry.name).write_bytes(entry.made.path.read_bytes())
        program = program.resolve()
        # `-x` writes odd letters of names as \x.., so that a line is a call.
        command = ["strace", "-f", "-y", "-x", "-s", "4096", "-e", CALLS, "-o", log, program, "screen", folder, "--register", out / "r.db", "--quiet", "--ocr", "never"]
        subprocess.run(list(map(str, command)), env=environment(home), cwd=home, capture_output=True, check=False, timeout=1_800)
        wrong = []
        for line in log.read_text("utf-8", "replace").splitlines():
            found = CALL.match(line)
            if found and not allowed(found, program, folder, out):
                wrong.append(f"{label}: {line[:300]}")
        return wrong


def allowed(found, program: Path, folder: Path, out: Path) -> bool:
    name, start, path, rest = found.groups()
    if name in ("socket", "connect", "bind"):
        return False
    path = re.sub(r"(?:\\x[0-9a-f]{2})+", lambda it: bytes.fromhex(it[0].replace("\\x", "")).decode("utf-8", "surrogateescape"), path or "")
    path = path if path.startswith("/") else f"{start or ''}/{path}"
    if name == "execve":
        return path == str(program)
    inside = lambda base: path == str(base) or path.startswith(f"{base}/")
    if "/../" in path or path.endswith("/.."):
        return False
    if inside(out):
        return True
    writes = not name.startswith("open") or re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC", rest)
    return not writes and (inside(folder) or path == str(program) or path.startswith(SYSTEM))

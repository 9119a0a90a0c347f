"""Runs the fuzz targets one after the other, from seeds made of the fixtures, and prints one table.

Exits 1 when a target crashed, hung or took too much memory; the input lies in FOLDER/finds/TARGET.
"""

import argparse
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORMATS = ROOT / "fixtures" / "formats"
# By target: the fixtures it starts from.
SEEDS = {
    "text": ["text/*"],
    "csv": ["csv/*"],
    "json": ["json/*"],
    "ocds": ["ocds/*"],
    "zip": ["archive/*.zip"],
    "tar": ["archive/*.tar"],
    "7z": ["archive/*.7z"],
    "gz": ["archive/*.gz"],
    "zst": [],
    "xz": ["archive/*.xz"],
    "docx": ["docx/*.docx"],
    "opendocument": ["opendocument/*.od?"],
    "rtf": ["rtf/*.rtf"],
    "xlsx": ["xlsx/*.xlsx"],
    "xls": ["xls/*.xls"],
    "xlsb": ["xlsb/*.xlsb"],
    "html": ["../formats/html/*", "text/page.md"],
    "eml": ["mail/*.eml"],
    "mbox": ["mail/*.mbox"],
    "msg": ["mail/*.msg"],
    "pdf": [],
    "identify": [],
}
# Larger fixtures stand at a limit of their format: one of them would take the whole minute of instrumented code.
LARGEST_SEED = 32 << 10
LARGEST = 128 << 10
# The contract gives a reader 256 MiB and four times its input; the program itself and its tables need the rest.
MEMORY_MIB = 512
SECONDS_AN_INPUT = 10


def made(target: str) -> list[bytes]:
    """Seeds that are no fixtures."""
    if target == "pdf":
        about = b'{"about":{"pages":2,"promised":2,"whole":true,"created":"2021-05-03","modified":null,"title":"Reply"}}\n'
        page = b'{"page":{"number":%d,"text":"12 Hikvision cameras","hidden":"x","ocr":"","picture":%s,"unknown":0,"damaged":false,"cut":false}}\n'
        head = b"%PDF-1.4\n"
        pages = page % (1, b"false") + page % (2, b"true")
        return [head + about + pages + b'"end"\n', head + about + pages, head + b'{"fault":"password"}\n', head]
    if target == "identify":
        texts = [path.read_bytes() for path in sorted((FORMATS / "text").glob("*.txt"))]
        return [bytes([kind]) + text for kind in range(5) for text in texts]
    if target == "html":
        return [
            b"<!doctype html><html><head><meta charset=utf-8><title>Reply</title><style>.h{display:none}</style></head><body>"
            b"<p>We hold <b>12</b> Hikvision cameras.</p><p class=h>hidden</p><table><tr><th>Make<th>Count<tr><td>Dahua<td>4"
            b"</table><ul><li>a<li>b</ul><script>x</script></body></html>",
        ]
    if target == "msg":
        return [path.read_bytes() for path in sorted((FORMATS / "xls").glob("*.xls"))]
    if target == "zst":
        text = (FORMATS / "json" / "spend.json").read_bytes()
        # One frame with a raw block: magic, descriptor of a single segment with two bytes of size, header of the block.
        text = text[: (1 << 16) - 1]
        size = max(len(text) - 256, 0).to_bytes(2, "little")
        block = (len(text) << 3 | 1).to_bytes(3, "little")
        return [b"\x28\xb5\x2f\xfd\x60" + size + block + text]
    return []


def seed(target: str, folder: Path) -> int:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    fixtures = [path for pattern in SEEDS[target] for path in sorted(FORMATS.glob(pattern))]
    contents = [path.read_bytes() for path in fixtures if path.suffix not in (".expected", ".py")] + made(target)
    contents = [content for content in contents if len(content) <= LARGEST_SEED]
    for number, content in enumerate(contents):
        (folder / f"seed-{number:03}").write_bytes(content)
    return len(contents)


def run(target: str, given: argparse.Namespace) -> tuple[str, list[str]]:
    corpus, finds = given.folder / "corpus" / target, given.folder / "finds" / target
    seeds = seed(target, corpus)
    if not seeds:
        return f"{target:<14} no seed", [f"{target}: no seed"]
    finds.mkdir(parents=True, exist_ok=True)
    before = set(finds.iterdir())
    command = [
        str(given.program), str(corpus), f"-max_total_time={given.seconds}", f"-max_len={LARGEST}",
        f"-timeout={SECONDS_AN_INPUT}", f"-rss_limit_mb={MEMORY_MIB}", f"-artifact_prefix={finds}/",
        f"-seed={given.seed}", "-print_final_stats=1", "-use_value_profile=0",
    ]
    done = subprocess.run(command, env={"STRIPOUT_FUZZ": target}, capture_output=True, text=True, errors="replace")
    said = done.stderr
    (given.folder / f"{target}.log").write_text(said)
    runs = number(r"stat::number_of_executed_units: *(\d+)", said)
    covered = number(r"cov: (\d+)", said)
    memory = number(r"stat::peak_rss_mb: *(\d+)", said)
    found = sorted(set(finds.iterdir()) - before)
    # Slow inputs are kept too; they are no find.
    found = [path for path in found if not path.name.startswith("slow-unit-")]
    wrong = [f"{target}: {path}" for path in found]
    if done.returncode != 0 and not wrong:
        wrong = [f"{target}: exit {done.returncode}: {said[-500:]}"]
    return f"{target:<14}{seeds:>6}{runs:>10}{covered:>9}{memory:>8}{len(wrong):>7}", wrong


def number(pattern: str, text: str) -> int:
    found = re.findall(pattern, text)
    return int(found[-1]) if found else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True, help="for corpora, logs and finds")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=sorted(SEEDS), action="append")
    given = parser.parse_args()
    given.program, given.folder = given.program.resolve(), given.folder.resolve()
    print(f"{'target':<14}{'seeds':>6}{'runs':>10}{'covered':>9}{'MiB':>8}{'finds':>7}", flush=True)
    wrong = []
    with ThreadPoolExecutor(given.jobs) as pool:
        for row, finds in pool.map(lambda target: run(target, given), given.only or list(SEEDS)):
            print(row, flush=True)
            wrong += finds
    for text in wrong:
        print(f"FIND {text}")
    print(f"{len(given.only or SEEDS)} targets, {given.seconds} s each, {len(wrong)} finds (seed {given.seed})")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

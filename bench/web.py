#!/usr/bin/env python3
"""Measure the web register at a million sightings, beside Datasette on the same file in the same run; write a record.

usage: web.py [--stripout PATH] [--load PATH] [--sightings 1000000] [--screened 1000000] [--seconds 8] [--out FILE]

Cold asks for every address once, of a server that has just given its first answer; what it makes before that one (the pages of bodies
with much evidence) is in the time until its first answer, which is told beside. Settled asks for every address once, of a server that
had a minute to itself after that. Warm goes round the same addresses. Datasette keeps nothing, so all three are held against it.
"""
import argparse
import contextlib
import datetime
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

import record
import register

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CONNECTIONS = 16
# Five times as many as the server answers at once.
CROWD = 5 * 64
LINGERING = 200
# Seconds that a server has to itself before it counts as settled.
SETTLING = 60


class Server:
    """A program that answers on a port of this machine, from its start until it is no longer needed."""

    def __init__(self, label, command, port, first):
        self.label, self.port = label, port
        began = time.perf_counter()
        self.child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not answers(port, first):
            if self.child.poll() is not None:
                sys.exit(f"error: {label} ended: {' '.join(map(str, command))}")
            time.sleep(0.02)
        self.started = time.perf_counter() - began

    def memory(self, what="VmRSS"):
        """MiB now; with RssAnon without the pages of the register that it looks at in place, with VmHWM at most so far."""
        return int(record.first(rf"{what}:\s*(\d+)", f"/proc/{self.child.pid}/status") or 0) / 1024

    def get(self, address, coding="identity"):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{address}", headers={"Accept-Encoding": coding})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read()

    def end(self):
        self.child.terminate()
        self.child.wait(30)


def answers(port, address):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{address}", timeout=30) as answer:
            return answer.status == 200
    except OSError:
        return False


def free_port():
    with contextlib.closing(socket.socket()) as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


class Bench:
    def __init__(self, args):
        self.args = args
        self.goals, self.rows, self.notes = [], [], []

    # --- servers and load ---

    def ours(self, path, *more):
        port = free_port()
        command = [self.args.stripout, "serve", "--register", path, "--listen", f"127.0.0.1:{port}", *more]
        return Server("stripout", command, port, "/api/v1/makers")

    def datasette(self, path):
        port = free_port()
        command = [self.args.venv / "datasette", "serve", "-i", path, "-p", port, "--setting", "suggest_facets", "off"]
        return Server("Datasette", list(map(str, command)), port, "/register/sighting.json?_size=1")

    def load(self, label, server, addresses, how, connections=CONNECTIONS, packed=False):
        """Asks and notes what came of it; `how` is --once or a number of seconds."""
        mode = ["--once"] if how == "once" else ["--seconds", str(how)]
        command = [self.args.load, f"127.0.0.1:{server.port}", "--connections", str(connections), *mode, *(["--gzip"] if packed else [])]
        done = subprocess.run(list(map(str, command)), input="\n".join(addresses), capture_output=True, text=True, check=True)
        seen = json.loads(done.stdout)
        self.rows.append([label, f"{seen['rate']:,.0f}", *(f"{seen[name]:,.1f}" for name in ("p50", "p90", "p99", "max")),
                          f"{seen['requests']:,}", ", ".join(f"{n:,} x {status}" for status, n in seen["statuses"].items()), seen["errors"], record.load()])
        print(" | ".join(map(str, self.rows[-1])), flush=True)
        return seen

    # --- goals ---

    def goal(self, what, measured, wanted, met):
        self.goals.append((what, measured, wanted, "pass" if met else "MISS"))
        print(f"{self.goals[-1][3]}: {what}: {measured} ({wanted})", flush=True)

    def at_least(self, what, value, least, unit=""):
        self.goal(what, f"{value:,.1f}{unit}", f"at least {least:,}{unit}", value >= least)

    def at_most(self, what, value, most, unit=""):
        self.goal(what, f"{value:,.1f}{unit}", f"at most {most:,}{unit}", value <= most)

    # --- what is measured ---

    def all(self, path, made):
        known = register.bodies()
        random.Random(11).shuffle(known)
        ids, names = [body for body, _ in known], [urllib.parse.quote_plus(name) for _, name in known]
        rival = self.datasette(path)
        table = [f"/register/sighting?body={name}&_nocount=1&_nofacet=1" for name in names]
        seconds = self.args.seconds
        their_json = self.load("Datasette, JSON by body, 20 rows", rival, [it.replace("sighting?", "sighting.json?") + "&_size=20" for it in table], seconds)
        their_html = self.load("Datasette, table page by body", rival, table, seconds)
        self.notes.append(f"Datasette: first answer after {rival.started:.1f} s, {rival.memory():,.0f} MiB after the load.")
        rival.end()
        for label, more in (("for everybody", ["--public"]), ("private", [])):
            server = self.ours(path, *more)
            self.notes.append(f"Ours, {label}: first answer after {server.started:.1f} s, {server.memory('VmHWM'):,.0f} MiB at most until then.")
            if more:
                server.end()
                continue
            self.speed(server, path, ids, known, their_json, their_html)
            self.notes.append(f"Ours, {label}: {server.memory('RssAnon'):,.0f} MiB of its own after the load, {server.memory('VmHWM'):,.0f} MiB at most with what it looks at of the register.")
            self.weights(server, ids)
            self.crowd(server, ids)
            self.lingering(server, ids)
            server.end()
        self.writing(path, ids)

    def settled(self, path, by_body, pages):
        server = self.ours(path)
        time.sleep(SETTLING)
        seen = [self.load(f"stripout, {label}, settled", server, addresses, "once")
                for label, addresses in (("JSON by body, 20 rows", by_body), ("body page", pages))]
        server.end()
        return seen

    def speed(self, server, path, ids, known, their_json, their_html):
        seconds = self.args.seconds
        by_body = [f"/api/v1/bodies/{body}/sightings" for body in ids]
        pages = [f"/bodies/{body}" for body in ids]
        runs = [("JSON by body", their_json, 20, None, 25), ("body page", their_html, 50, 1000, 60)]
        cold = [self.load("stripout, JSON by body, 20 rows, cold", server, by_body, "once")]
        warm = [self.load("stripout, JSON by body, 20 rows, warm", server, by_body, seconds)]
        cold.append(self.load("stripout, body page, cold", server, pages, "once"))
        packed = self.load("stripout, body page, warm, gzip", server, pages, seconds, packed=True)
        warm.append(self.load("stripout, body page, warm", server, pages, seconds))
        settled = self.settled(path, by_body, pages)
        for state, all_seen in (("cold", cold), ("settled", settled), ("warm", warm), ("warm, gzip", [None, packed])):
            for (what, theirs, times, rate, p99), seen in zip(runs, all_seen):
                if seen is None:
                    continue
                self.at_least(f"{what}, {state}: rate / Datasette's", seen["rate"] / theirs["rate"], times, "x")
                if rate:
                    self.at_least(f"{what}, {state}: rate", seen["rate"], rate, "/s")
                self.at_most(f"{what}, {state}: p99", seen["p99"], p99, " ms")
        chance = random.Random(13)
        words = [name.split() for _, name in known]
        asked = [f"/search?q={urllib.parse.quote_plus(' '.join(chance.sample(own, min(2, len(own)))))}" for own in words]
        seen = self.load("stripout, search for two words, cold", server, sorted(set(asked)), "once")
        self.at_most("search, cold: p99", seen["p99"], 80, " ms")
        self.at_least("search, cold: rate", seen["rate"], 500, "/s")

    def weights(self, server, ids):
        def heaviest(addresses, coding):
            return max(len(server.get(address, coding)) for address in addresses) / 1000

        style = len(server.get("/assets/stripout.css")) / 1000
        sent = len(server.get("/assets/stripout.css", "gzip")) / 1000
        pages = [f"/bodies/{body}" for body in ids]
        self.at_most("heaviest body page of all, with its style sheet, as sent to a browser", heaviest(pages, "gzip") + sent, 60, " kB")
        document = heaviest(pages, "identity")
        self.at_most("heaviest body page of all, alone, unpacked", document, 60, " kB")
        self.at_most("heaviest body page of all, with its style sheet, unpacked", document + style, 60, " kB")
        sheets = style + len(server.get("/assets/map.css")) / 1000
        self.at_most("map, first paint, with its style sheets, unpacked", heaviest(["/map", "/map?view=hex"], "identity") + sheets, 300, " kB")
        self.at_most("heaviest card, with its style sheet, unpacked", heaviest([f"/embed/bodies/{body}" for body in ids], "identity") + style, 30, " kB")

    def crowd(self, server, ids):
        """Addresses that nobody asked for before, from many more connections than are answered at once."""
        before = {what: server.memory(what) for what in ("VmRSS", "RssAnon")}
        asked = [f"/api/v1/bodies/{body}/sightings?page={page}" for page in range(2, 12) for body in ids]
        seen = self.load(f"stripout, {CROWD} connections, cold", server, asked, "once", CROWD)
        refused = seen["statuses"].get("503", 0)
        self.goal("5x overload: only 200, or 503 with Retry-After", f"{seen['statuses']}, {seen['told_when']} told when, {seen['errors']} errors",
                  "no other answer", set(seen["statuses"]) <= {"200", "503"} and seen["told_when"] == refused and not seen["errors"])
        self.at_most("5x overload: p99 of the 200s", seen["good_p99"], 2000, " ms")
        for what, label in (("VmRSS", "memory gained"), ("RssAnon", "memory gained of its own")):
            self.at_most(f"5x overload: {label}", server.memory(what) - before[what], 150, " MiB")

    def lingering(self, server, ids):
        """Clients that never finish their question, while others read."""
        addresses = [f"/bodies/{body}" for body in ids]
        quiet = self.load("stripout, body page, warm, nobody lingers", server, addresses, 4)
        held = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(LINGERING)]
        for one in held:
            one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        beside = self.load(f"stripout, body page, warm, {LINGERING} linger", server, addresses, 4)
        began, cut = time.monotonic(), 0
        for one in held:
            one.settimeout(max(0.1, 40 - (time.monotonic() - began)))
            try:
                while one.recv(4096):
                    pass
                cut += 1
            except TimeoutError:
                pass
            except OSError:
                cut += 1
            one.close()
        self.at_least(f"{LINGERING} lingering clients: cut within 40 s", cut, LINGERING)
        self.at_most("lingering clients: p99 of others / without them", beside["p99"] / max(quiet["p99"], 0.1), 3, "x")

    def writing(self, path, ids):
        """Readers while a screen writes into the same register."""
        folder = self.args.folder / "writing"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        copy = folder / "register.db"
        shutil.copyfile(path, copy)
        register.write_spend(folder / "spend", self.args.screened, seed=99)
        server = self.ours(copy)
        addresses = [address for body in ids for address in (f"/bodies/{body}", f"/api/v1/bodies/{body}/sightings")]
        self.load("stripout, pages and JSON, once", server, addresses, "once")
        idle = self.load("stripout, pages and JSON, warm, nobody writes", server, addresses, 10)
        command = [self.args.stripout, "screen", folder / "spend", "--register", copy, "--quiet", "--keep", "none"]
        began = time.monotonic()
        screen = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL)
        worst, errors, statuses = 0, 0, set()
        while screen.poll() is None:
            seen = self.load("stripout, the same while a screen writes", server, addresses, 10)
            worst, errors, statuses = max(worst, seen["p99"]), errors + seen["errors"], statuses | set(seen["statuses"])
        self.notes.append(f"The screen of {self.args.screened:,} sightings took {time.monotonic() - began:.0f} s beside the readers and ended with {screen.returncode}; "
                          f"server {server.memory('VmHWM'):,.0f} MiB at most.")
        self.at_most("while a screen writes: worst p99 of 10 s / idle", worst / max(idle["p99"], 0.1), 3, "x")
        self.goal("while a screen writes: answers other than 200, and errors", f"{sorted(statuses - {'200'})}, {errors}", "none", statuses == {"200"} and not errors)
        server.end()
        shutil.rmtree(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stripout", type=Path, default=ROOT / "target" / "release" / "stripout")
    parser.add_argument("--load", type=Path, default=HERE / "rivals" / "target" / "release" / "load")
    parser.add_argument("--venv", type=Path, default=HERE / ".venv" / "bin")
    parser.add_argument("--folder", type=Path, default=HERE / "corpus" / "web")
    parser.add_argument("--sightings", type=int, default=1_000_000)
    parser.add_argument("--screened", type=int, default=1_000_000, help="sightings that are screened while others read")
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--out", type=Path, default=HERE / "record" / f"{datetime.date.today()}-web.md")
    args = parser.parse_args()
    before = record.load()
    path = register.make(args.stripout, args.sightings, args.folder)
    made = json.loads((args.folder / "made.json").read_text())
    bench = Bench(args)
    bench.all(path, made)
    args.out.write_text("\n".join([
        f"# The web register at {made['sightings']:,} sightings\n",
        f"`make bench-web`: {made['sightings']:,} sightings of {made['bodies']:,} bodies, {made['bytes'] / 1e6:,.0f} MB of SQLite; {CONNECTIONS} connections that stay open, "
        f"all on one machine of {os.cpu_count()} cores, client and server together. Load average before {before}, after {record.load()}.\n",
        "## Goals\n", record.table(["what", "measured", "wanted", ""], bench.goals) + "\n",
        "## Runs\n", "Times in milliseconds; the last column is the load average after the run.\n",
        record.table(["run", "answers/s", "p50", "p90", "p99", "max", "answers", "statuses", "errors", "load"], bench.rows) + "\n",
        *(f"- {note}" for note in bench.notes), "",
        "## Machine\n", record.table(["what", ""], [*record.machine(), ("datasette", record.version("datasette"))]) + "\n",
    ]))
    print(args.out)


if __name__ == "__main__":
    main()

"""usage: pyahocorasick_screen.py fields|lines NAMES FILE.jsonl

`fields`: every line through orjson, the automaton over every string in it. `lines`: the automaton over the raw lines.
Prints the number of records with a hit.
"""
import json
import sys

import ahocorasick
import orjson


def main(mode, names, path):
    automaton = ahocorasick.Automaton()
    for name in filter(None, open(names, encoding="utf-8").read().splitlines()):
        automaton.add_word(name.lower(), name)
    automaton.make_automaton()

    def hit(text):
        return next(automaton.iter(text.lower()), None) is not None

    def any_string(value):
        if isinstance(value, str):
            return hit(value)
        if isinstance(value, dict):
            return any(any_string(it) for it in value.values())
        if isinstance(value, list):
            return any(any_string(it) for it in value)
        return False

    records = hits = 0
    with open(path, "rb") as file:
        for line in file:
            records += 1
            hits += any_string(orjson.loads(line)) if mode == "fields" else hit(line.decode("utf-8", "replace"))
    print(json.dumps({"records": records, "hits": hits}))


if __name__ == "__main__":
    main(*sys.argv[1:])

"""usage: duckdb_regexp.py typed|lines NAMES FILE.jsonl

What an analyst would write. `typed`: the text fields of a release with their types given, one regular expression of all
names over each. `lines`: the same expression over the raw lines. Prints the number of records with a hit.
"""
import json
import re
import sys

import duckdb

TYPES = {
    "ocid": "VARCHAR",
    "buyer": "STRUCT(name VARCHAR)",
    "parties": "STRUCT(name VARCHAR)[]",
    "tender": "STRUCT(title VARCHAR, description VARCHAR)",
    "awards": "STRUCT(title VARCHAR, description VARCHAR, suppliers STRUCT(name VARCHAR)[])[]",
}
FIELDS = """concat_ws(chr(10), tender.title, tender.description, buyer.name,
    array_to_string(list_transform(parties, lambda p: p.name), chr(10)),
    array_to_string(list_transform(awards, lambda a: concat_ws(chr(10), a.title, a.description,
        array_to_string(list_transform(a.suppliers, lambda s: s.name), chr(10)))), chr(10)))"""


def main(mode, names, path):
    pattern = "|".join(re.escape(name) for name in open(names, encoding="utf-8").read().splitlines() if name)
    connection = duckdb.connect()
    if mode == "typed":
        columns = "{" + ", ".join(f"{name}: '{kind}'" for name, kind in TYPES.items()) + "}"
        source, text = f"read_ndjson(?, columns = {columns})", FIELDS
    else:
        # one column a line: no delimiter, quote or escape that text could hold
        source = r"read_csv(?, columns = {line: 'VARCHAR'}, header = false, delim = '\x01', quote = '', escape = '', max_line_size = 16777216)"
        text = "line"
    query = f"SELECT count(*), count(*) FILTER (WHERE regexp_matches({text}, ?, 'i')) FROM {source}"
    records, hits = connection.execute(query, [pattern, path]).fetchone()
    print(json.dumps({"records": records, "hits": hits}))


if __name__ == "__main__":
    main(*sys.argv[1:])

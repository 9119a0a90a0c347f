"""usage: ocdscardinal_coverage.py FILE.jsonl

The fastest open tool that reads whole releases: counts the non-empty values at each path. It screens nothing.
"""
import json
import sys

import ocdscardinal

if __name__ == "__main__":
    result = ocdscardinal.coverage(sys.argv[1])
    paths = json.loads(result) if isinstance(result, str) else result
    # "/" is the release itself
    print(json.dumps({"records": paths.get("/", 0), "hits": 0, "paths": len(paths)}))

// The MDN HTTP Observatory on a register of the examples, served on this machine without TLS.
//
// usage: node browser/observatory/scan.mjs PROGRAM
// The two items that only a server with TLS can meet are shown and not counted: whoever puts the register on the web puts TLS
// before it. Exits 1 when anything else is wrong or the rest is no A+.
import { existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "../register.mjs";

/** Tests of TLS, with what they take from the score when there is none. */
const OF_TLS = new Map([["redirection", -20], ["strict-transport-security", -20]]);
const A_PLUS = 100;

const program = process.argv[2];
if (!program) {
  console.error("usage: node browser/observatory/scan.mjs PROGRAM");
  process.exit(2);
}

// The scanner's own installer fetches two lists from the web that say nothing about an address of this machine.
const conf = join(dirname(fileURLToPath(import.meta.resolve("@mdn/mdn-http-observatory"))), "../conf");
for (const [name, empty] of [["hsts-preload.json", "{}"], ["tld-list.json", "[]"]]) {
  if (!existsSync(join(conf, name))) writeFileSync(join(conf, name), empty);
}
const { scan } = await import("@mdn/mdn-http-observatory");

let worst = 0;
for (const audience of [[], ["--public"]]) {
  const site = await serve(program, audience);
  try {
    const found = await scan(new URL(site.address).host);
    let score = found.scan.score;
    console.log(`${audience[0] ?? "private"}: ${found.scan.grade}, ${found.scan.score} points without TLS`);
    for (const [name, { result, scoreModifier, pass }] of Object.entries(found.tests)) {
      const apart = OF_TLS.get(name) === scoreModifier;
      if (apart) score -= scoreModifier;
      if (!pass && !apart) worst = 1;
      console.log(`  ${pass ? "pass" : apart ? "TLS " : "FAIL"} ${name}: ${result} (${scoreModifier})`);
    }
    console.log(`  with TLS in front: ${score} points${score >= A_PLUS ? ", A+" : ""}`);
    if (score < A_PLUS) worst = 1;
  } finally {
    site.end();
  }
}
process.exit(worst);

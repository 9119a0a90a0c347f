// From a fresh clone to the printed briefing of one's own council: three commands, timed.
//
// usage: node browser/first-use.mjs [COUNCIL]
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { launch } from "./browser.mjs";
import { ROOT } from "./register.mjs";

const MINUTES = 10;
const council = process.argv[2] ?? "Sampleford District Council";
const folder = mkdtempSync(join(tmpdir(), "stripout-first-use-"));
const clone = join(folder, "stripout");
// Nothing that was built before.
const { CARGO_TARGET_DIR: _built, ...env } = process.env;
const began = Date.now();
const passed = () => `${((Date.now() - began) / 60_000).toFixed(1)} min`;
const step = (text) => console.log(`${passed()}  ${text}`);

let child;
let browser;
try {
  step(`git clone ${ROOT === process.cwd() ? "." : "STRIPOUT"}`);
  execFileSync("git", ["clone", "--quiet", ROOT, clone], { stdio: "inherit" });
  step("make demo");
  execFileSync("make", ["demo"], { cwd: clone, env, stdio: ["ignore", "ignore", "inherit"] });
  step("target/release/stripout serve --register demo.db --catalogue examples/catalogue");
  const flags = ["serve", "--register", "demo.db", "--catalogue", "examples/catalogue", "--listen", "127.0.0.1:0", "--json"];
  child = spawn(join(clone, "target/release/stripout"), flags, { cwd: clone, env, stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise((give) => createInterface({ input: child.stdout }).once("line", give));
  const { address } = JSON.parse(line);

  browser = await launch();
  const page = await browser.newPage();
  await page.goto(address);
  await page.getByRole("searchbox").first().fill(council);
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: council }).first().click();
  await page.getByRole("link", { name: /print/i }).first().click();
  const heading = await page.locator("h1").innerText();
  if (!heading.includes(council)) throw new Error(`the briefing is headed "${heading}"`);
  const printed = join(folder, "briefing.pdf");
  await page.pdf({ path: printed, preferCSSPageSize: true });
  const pages = /Pages: +(\d+)/.exec(execFileSync("pdfinfo", [printed], { encoding: "utf8" }))?.[1];
  step(`the briefing of ${council}, printed: ${statSync(printed).size} bytes, ${pages} page(s)`);
} finally {
  await browser?.close();
  child?.kill("SIGINT");
  rmSync(folder, { recursive: true, force: true });
}
const fast = Date.now() - began <= MINUTES * 60_000;
console.log(`3 commands, ${passed()}; at most ${MINUTES} min wanted: ${fast ? "pass" : "MISS"}`);
process.exit(fast ? 0 : 1);

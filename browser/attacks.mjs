// Hostile strings as payees, purposes, replies, promises, labels and bodies: on no page may they be more than text.
//
// usage: node browser/attacks.mjs PROGRAM
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { browsing, launch } from "./browser.mjs";
import { pages } from "./pages.mjs";
import { ROOT, start } from "./register.mjs";

/** Pages of one kind that are looked at: more than hold one of each string. */
const EACH = 12;
const SHARED = process.env.STRIPOUT_SHARED ?? join(ROOT, "../shared");
const OTHERS = ["data/hostile/made/html/xss-vectors.txt", "data/hostile/made/term/escapes.txt", "data/hostile/strings/blns/blns.txt"];

const program = process.argv[2];
if (!program) {
  console.error("usage: node browser/attacks.mjs PROGRAM");
  process.exit(2);
}

const strings = lines(join(ROOT, "browser/attacks.txt"));
for (const other of OTHERS.map((path) => join(SHARED, path))) {
  if (existsSync(other)) strings.push(...lines(other));
  else console.error(`shared corpora not found: ${other}`);
}

const folder = mkdtempSync(join(tmpdir(), "stripout-attacks-"));
const faults = [];
const count = { pages: 0, files: 0, requests: 0 };
const browser = await launch();
try {
  const { register, catalogue } = evidence();
  for (const audience of [["--as", "A Reviewer"], ["--public"]]) await look(register, catalogue, audience);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
for (const text of faults) console.log(`FAULT ${text}`);
console.log(`${strings.length} hostile strings on ${count.pages} pages and in ${count.files} downloads, ${count.requests} requests: ${faults.length} faults`);
process.exit(faults.length > 0 ? 1 : 0);

function lines(path) {
  return readFileSync(path, "utf8").split(/\r?\n/).filter((line) => line.trim() !== "" && !line.startsWith("#"));
}

/** A register in which each string stands wherever evidence can carry it, with everything accepted. */
function evidence() {
  const papers = join(folder, "evidence");
  mkdirSync(papers);
  const cell = (text) => `"${text.replaceAll('"', '""')}"`;
  const rows = strings.flatMap((text, at) => [
    ["Sampleford District Council", text, `3 Hikvision cameras ${text}`, `${100 + at}.00`, "2023-02-13"],
    [text, "Kestrel Alarms Ltd", `${text} 2 Dahua cameras`, `${100 + at}.00`, "2023-02-14"],
    ["Sampleford District Council", `${text} CCTV Ltd`, "CCTV works", "90.00", "2023-02-15"],
  ]);
  const head = ["Body", "Supplier", "Purpose", "Amount", "Date"];
  writeFileSync(join(papers, "spend.csv"), [head, ...rows].map((row) => row.map(cell).join(",")).join("\n"));
  strings.forEach((text, at) => {
    const reply = `Sampleford District Council\n13 February 2023\n\nDear requester,\nWe hold 4 Hikvision cameras ${text} at our offices.\nThe council will remove all Hikvision cameras ${text} by 31 March 2025.\nWe withhold the places ${text} under section 31(1)(a).\nWe have two Attackcam cameras.\n`;
    writeFileSync(join(papers, `reply-${at}.txt`), reply);
  });
  writeFileSync(join(papers, "reply <img src=x onerror=alert(1)> 'x'.txt"), "Sampleford District Council\nWe hold 5 Hikvision cameras.\n");
  const catalogue = join(folder, "catalogue");
  cpSync(join(ROOT, "examples/catalogue"), catalogue, { recursive: true });
  mkdirSync(join(catalogue, "brands"), { recursive: true });
  const label = JSON.stringify(`Attackcam <img src=x onerror=alert(1)>`);
  writeFileSync(
    join(catalogue, "brands/attackcam.toml"),
    `id = "attackcam"\nlabel = ${label}\nnames = ["Attackcam"]\nexamples = ["4 x Attackcam dome cameras"]\ncounter-examples = []\n\n[[made-by]]\nmaker = "hikvision"\nrelation = "own-brand"\nmarkets = ["UK"]\ncertainty = "high"\npublish = true\nwording = "is <b>a brand</b> of"\nsources = ["ieee-ma-l-2022"]\nsource-date = "2026"\nverification = "seen"\nchecked = "2026-11-21"\n`,
  );
  const register = join(folder, "attacks.db");
  const flags = ["--register", register, "--catalogue", catalogue];
  run(["screen", papers, ...flags, "--quiet"]);
  const queue = join(folder, "queue.csv");
  run(["review", "--as", "attacker", "--export", queue, ...flags, "--quiet"]);
  // The first columns are the id and the verdict, both plain.
  const table = readFileSync(queue, "utf8").replaceAll(/^("[^"]+"),"",/gm, '$1,"accept",');
  writeFileSync(queue, table);
  run(["review", "--as", "attacker", "--import", queue, ...flags, "--quiet"]);
  return { register, catalogue };
}

function run(args) {
  try {
    execFileSync(program, args, { stdio: ["ignore", "ignore", "inherit"] });
  } catch (error) {
    // 1: some of the input had problems, as is wanted here.
    if (error.status !== 1) throw error;
  }
}

async function look(register, catalogue, audience) {
  const site = await start(program, ["--register", register, "--catalogue", catalogue], audience);
  const origin = new URL(site.address).origin;
  const context = await browser.newContext();
  try {
    const fault = (where, text) => faults.push(`${audience.join(" ")} ${where.replace(origin, "")}: ${text}`);
    context.on("request", (request) => {
      count.requests += 1;
      if (!request.url().startsWith(`${origin}/`)) fault(request.frame()?.url() ?? "", `asks for ${request.url()}`);
    });
    context.on("page", (page) => {
      page.on("dialog", (dialog) => {
        fault(page.url(), `a dialog: ${dialog.message()}`);
        dialog.dismiss();
      });
      page.on("console", (message) => {
        if (message.type() === "error" && !message.text().includes("status of 404")) fault(page.url(), message.text());
      });
    });
    const page = await context.newPage();
    const files = new Set();
    const browse = browsing(page);
    const seen = async (address) => {
      const links = await browse(address);
      if (links === null) {
        files.add(address);
        return null;
      }
      count.pages += 1;
      const made = await page.evaluate(() => ({
        attacked: globalThis.attacked === 1,
        foreign: [...document.querySelectorAll("base, iframe, object, embed, meta[http-equiv], [onerror], [onload], [onfocus], [onbegin], [ontoggle]")].map((it) => it.outerHTML.slice(0, 80)),
        scripts: [...document.querySelectorAll("a[href]")].map((it) => it.protocol).filter((it) => ["javascript:", "data:", "vbscript:"].includes(it)),
      }));
      if (made.attacked) fault(address, "a script of the evidence ran");
      for (const what of [...made.foreign, ...made.scripts]) fault(address, `markup of the evidence: ${what}`);
      return links;
    };
    await pages(site.address, seen, EACH);
    for (const address of files) await download(page, address, fault);
  } finally {
    await context.close();
    site.end();
  }
}

/** What is no page must say what it is, must not be guessed to be another thing, and must be whole. */
async function download(page, address, fault) {
  const answer = await page.request.get(address, { maxRedirects: 0 });
  count.files += 1;
  const headers = answer.headers();
  const type = headers["content-type"] ?? "";
  if (answer.status() >= 500) fault(address, `status ${answer.status()}`);
  if (answer.status() !== 200) return;
  if (headers["x-content-type-options"] !== "nosniff") fault(address, "may be guessed to be another thing");
  if (/html|javascript/.test(type) && !new URL(address).pathname.startsWith("/assets/")) fault(address, `is ${type}`);
  const text = await answer.text();
  if (/json/.test(type) && !/jsonl|ndjson|json-seq/.test(type)) {
    try {
      JSON.parse(text);
    } catch (error) {
      fault(address, `no JSON: ${error.message}`);
    }
  }
  if (/xml/.test(type)) {
    const broken = await page.evaluate((xml) => new DOMParser().parseFromString(xml, "application/xml").querySelector("parsererror")?.textContent ?? "", text);
    if (broken) fault(address, `no XML: ${broken.slice(0, 120)}`);
  }
  if (/csv/.test(type) && /(^|[,\n])"?[=+@\t\r-](?![0-9.])/.test(text)) fault(address, "a cell may act as a formula");
}

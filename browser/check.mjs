// Every kind of page in a real browser: axe in light and dark, small screens, foreign requests, keys, and without script.
//
// usage: node browser/check.mjs PROGRAM
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { browsing, launch } from "./browser.mjs";
import { pages } from "./pages.mjs";
import { serve } from "./register.mjs";
import { stories } from "./stories.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** The narrowest screen that pages must fit without scrolling sideways (WCAG 1.4.10). */
const NARROW = { width: 320, height: 640 };
const WIDE = { width: 1280, height: 900 };
/** Presses of Tab on one page. */
const PRESSES = 60;

const program = process.argv[2];
if (!program) {
  console.error("usage: node browser/check.mjs PROGRAM");
  process.exit(2);
}

const faults = [];
const count = { kinds: 0, steps: 0, pages: 0, axe: 0, rules: 0, narrow: 0, keys: 0, plain: 0, requests: 0 };
const fault = (address, text) => faults.push(`${new URL(address).pathname}${new URL(address).search}: ${text}`);

const site = await serve(program, ["--as", "A Reviewer"]);
const browser = await launch();
try {
  const origin = new URL(site.address).origin;
  const scripted = await context({ viewport: WIDE }, origin);
  const page = await scripted.newPage();
  const kinds = await pages(site.address, browsing(page));
  count.kinds = kinds.size;
  for (const addresses of kinds.values()) {
    for (const address of addresses) {
      count.pages += 1;
      for (const colorScheme of ["light", "dark"]) await accessible(page, address, colorScheme);
      await narrow(page, address);
    }
    await keys(page, addresses[0]);
  }
  const plain = await context({ viewport: WIDE, javaScriptEnabled: false }, origin);
  const reader = await plain.newPage();
  for (const [address] of kinds.values()) await readable(reader, address);
  await stories(program, browser, asEveryPage, (right, text) => {
    count.steps += 1;
    if (!right) faults.push(text);
  });
} finally {
  await browser.close();
  site.end();
}

for (const text of faults) console.log(`FAULT ${text}`);
console.log(
  `${count.pages} pages of ${count.kinds} kinds; axe ${count.axe} times, ${count.rules} rules passed; ${count.narrow} at 320 px; ` +
    `${count.steps} steps of stories; ${count.keys} stops of the keyboard; ${count.plain} without script; ${count.requests} requests, none elsewhere unless said`,
);
console.log(`${count.pages - new Set(faults.map((text) => text.split(": ")[0])).size} passed, ${faults.length} failed`);
process.exit(faults.length > 0 ? 1 : 0);

/** A browser in which a request elsewhere, a dialog or a report of the content security policy is a fault. */
async function context(options, origin) {
  const made = await browser.newContext(options);
  made.on("request", (request) => {
    count.requests += 1;
    if (new URL(request.url()).origin !== origin) fault(origin, `asks for ${request.url()}`);
  });
  made.on("page", (page) => {
    page.on("dialog", (dialog) => {
      fault(page.url(), `a dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
    page.on("console", (message) => {
      const wanted = message.text().includes("status of 404") && page.url().includes("no-such-page");
      if (message.type() === "error" && !wanted) fault(page.url(), `console: ${message.text()}`);
    });
  });
  return made;
}

/** A page of a story, as it is shown now. */
async function asEveryPage(page) {
  for (const colorScheme of ["light", "dark"]) {
    // Colours in the middle of a change are nobody's.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await axe(page, page.url(), colorScheme);
  }
  await page.setViewportSize(NARROW);
  await fits(page, page.url());
  await page.setViewportSize(WIDE);
}

async function accessible(page, address, colorScheme) {
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme });
  await page.goto(address);
  await axe(page, address, colorScheme);
}

async function axe(page, address, colorScheme) {
  // From outside the page, so that its content security policy stays as it is.
  await page.evaluate(AXE);
  const found = await page.evaluate((values) => globalThis.axe.run(document, { runOnly: { type: "tag", values } }), RULES);
  count.axe += 1;
  count.rules += found.passes.length;
  for (const rule of found.violations) {
    const where = rule.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ");
    fault(address, `${colorScheme}: ${rule.id} (${rule.impact}) at ${where}: ${rule.help}`);
  }
}

async function narrow(page, address) {
  await page.setViewportSize(NARROW);
  await page.goto(address);
  await fits(page, address);
}

async function fits(page, address) {
  const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
  count.narrow += 1;
  if (wide > NARROW.width) fault(address, `is ${wide} px wide on a screen of ${NARROW.width} px`);
}

/** Tab reaches something visible each time, first the way past the navigation, and goes on to the end. */
async function keys(page, address) {
  await page.setViewportSize(WIDE);
  await page.goto(address);
  const stops = [];
  for (let press = 0; press < PRESSES; press += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const here = document.activeElement;
      if (!here || here === document.body) return null;
      const box = here.getBoundingClientRect();
      const style = getComputedStyle(here);
      const ring = style.outlineStyle !== "none" || style.boxShadow !== "none";
      const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      return { text: (here.textContent || here.getAttribute("aria-label") || here.name || here.tagName).trim().slice(0, 40), ring, inside };
    });
    if (!stop) break;
    stops.push(stop);
  }
  count.keys += stops.length;
  // A card for other sites has no navigation to pass.
  const card = new URL(address).pathname.startsWith("/embed/");
  if (!card && !stops[0]?.text.startsWith("Skip")) fault(address, `the first stop of the keyboard is "${stops[0]?.text}", not the way to the content`);
  for (const stop of stops.filter((it) => !it.ring || !it.inside)) {
    fault(address, `"${stop.text}" has the focus and ${stop.inside ? "does not show it" : "cannot be seen"}`);
  }
}

async function readable(page, address) {
  await page.goto(address);
  const text = await page.innerText("main");
  const heading = await page.locator("h1").count();
  count.plain += 1;
  if (heading !== 1) fault(address, `without script: ${heading} main headings`);
  if (text.trim().length < 40) fault(address, "without script: nothing to read");
}

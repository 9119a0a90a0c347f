// Pictures of every kind of page: light, dark, on a phone, and printed.
//
// usage: node browser/screenshots.mjs PROGRAM FOLDER
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { browsing, launch } from "./browser.mjs";
import { pages } from "./pages.mjs";
import { serve } from "./register.mjs";

const LOOKS = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: "light", deviceScaleFactor: 2 },
};

const [program, folder] = process.argv.slice(2);
if (!program || !folder) {
  console.error("usage: node browser/screenshots.mjs PROGRAM FOLDER");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
// Somebody works here, so that the review is shown, too.
const site = await serve(program, ["--as", "Reviewer"]);
const browser = await launch();
let made = 0;
try {
  const first = await browser.newPage();
  const kinds = await pages(site.address, browsing(first));
  for (const [look, options] of Object.entries(LOOKS)) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    for (const [kind, [address]] of kinds) {
      await page.goto(address);
      const name = kind.replaceAll("*", "one").replaceAll(/[^a-z0-9]+/gi, "-").replaceAll(/^-|-$/g, "");
      await page.screenshot({ path: join(folder, `${name}.${look}.png`), fullPage: true });
      if (look === "light") await page.pdf({ path: join(folder, `${name}.print.pdf`), format: "A4" });
      made += 1;
    }
  }
  console.log(`${made} pictures of ${kinds.size} kinds of pages in ${folder}`);
} finally {
  await browser.close();
  site.end();
}

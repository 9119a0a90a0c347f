// The Chromium of the system, without a download of its own.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export async function launch() {
  const executablePath = PLACES.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error("no Chromium: `tools/setup.sh browser` installs it; CHROMIUM=PATH names another");
  // Chromium's own sandbox needs a user; only pages of our own are opened.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args });
}

/** Links of the page at `address`, or null where it is no page. */
export function browsing(page) {
  return async (address) => {
    const head = await page.request.get(address, { maxRedirects: 0 });
    if (!(head.headers()["content-type"] ?? "").startsWith("text/html")) return null;
    await page.goto(address);
    // Links in pictures have no plain `href`.
    const links = await page.$$eval("a[href]", (all) => all.map((link) => link.getAttribute("href")));
    return links.filter((href) => !/^(#|mailto:|tel:)/.test(href));
  };
}

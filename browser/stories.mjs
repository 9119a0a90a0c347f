// What people do on the site, done in a browser: they decide by keyboard, add files, hold back, sign in.
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { example, start } from "./register.mjs";

/** Things that a reviewer decides on in one go. */
const DECIDED = 20;
/** How long the view of everybody may take to follow a decision, in milliseconds. */
const FOLLOWS = 30_000;
const PASSPHRASE = "four words are enough";

/** Runs them all; `look(page)` holds a page to what every page is held to, `check(right, text)` counts and reports. */
export async function stories(program, browser, look, check) {
  for (const story of [byKeyboard, withoutScript, fromUploadToEverybody, heldBack, researching, byPostcode, signingIn]) {
    const register = example(program);
    const servers = [];
    const serve = async (more) => {
      const server = await start(program, register.flags, more);
      servers.push(server);
      return server;
    };
    try {
      await story({ serve, browser, look, check: (right, text) => check(right, `${story.name}: ${text}`) });
    } catch (error) {
      check(false, `${story.name}: ${error.message.split("\n")[0]}`);
    } finally {
      for (const server of servers) server.end();
      register.end();
    }
  }
}

const left = async (page) => Number(/(\d+) things? left/.exec(await page.innerText("main"))?.[1] ?? 0);
const shown = (page) => page.inputValue("#decide [name=thing]");

/** A key that leads to another page. */
async function press(page, key) {
  await Promise.all([page.waitForURL(/\/review/, { waitUntil: "load" }), page.waitForEvent("load"), page.keyboard.press(key)]);
}

async function byKeyboard({ serve, browser, look, check }) {
  const { address } = await serve(["--as", "A Reviewer"]);
  const page = await browser.newPage();
  await page.goto(new URL("/review", address).href);
  await look(page);
  const before = await left(page);
  for (let decided = 0; decided < DECIDED; decided += 1) {
    if (decided % 5 === 4) {
      await page.keyboard.press("n");
      await page.keyboard.type("a street, not a maker");
      await press(page, "Enter");
    } else {
      await press(page, decided % 5 === 3 ? "u" : "x");
    }
  }
  check((await left(page)) === before - DECIDED, `${DECIDED} decided by keyboard: ${before} before, ${await left(page)} after`);
  await press(page, "z");
  check((await left(page)) === before - DECIDED + 1, "an undo brings one back");
  await page.goto(new URL("/review", address).href);
  const first = await shown(page);
  await press(page, "s");
  check((await shown(page)) !== first, "a skip passes on");
  await page.keyboard.press("h");
  check(await page.locator("#history").evaluate((box) => box.open), "h shows the history");
  await page.locator("#keys summary").click();
  await page.fill("#key-accept", "j");
  await page.locator("#key-accept").press("Tab");
  await page.locator("h1").click();
  const now = await left(page);
  await page.keyboard.press("x");
  await press(page, "j");
  check((await left(page)) === now - 1, "keys can be changed");
  await page.locator("#keys summary").click();
  await page.uncheck("#keys-on");
  await page.locator("h1").click();
  await page.keyboard.press("j");
  await page.waitForTimeout(300);
  await page.reload();
  check((await left(page)) === now - 1, "keys can be turned off");
  await page.close();
}

async function withoutScript({ serve, browser, check }) {
  const { address } = await serve(["--as", "A Reviewer"]);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(new URL("/review", address).href);
  const before = await left(page);
  await page.getByRole("button", { name: "Reject" }).click();
  check((await page.innerText("main")).includes("There is a problem"), "a reject without a reason is not taken");
  await page.fill("#why", "a street, not a maker");
  await page.getByRole("button", { name: "Reject" }).click();
  await page.getByRole("button", { name: "Accept" }).click();
  check((await left(page)) === before - 2, "two decided without script");
  await context.close();
}

/** What everybody is shown at this address holds the text, or does not, before long. */
async function shows(page, address, text, wanted) {
  const end = Date.now() + FOLLOWS;
  for (;;) {
    await page.goto(address);
    if ((await page.innerText("main")).includes(text) === wanted) return true;
    if (Date.now() > end) return false;
    await page.waitForTimeout(500);
  }
}

async function publish(page, address, body) {
  const folder = mkdtempSync(join(tmpdir(), "stripout-sent-"));
  const file = join(folder, "payments.csv");
  writeFileSync(file, `Body Name,Payment date,Supplier Name,Net Amount,Narrative\n${body},2024-05-04,Acme Ltd,100.00,3 x Hikvision cameras for the annexe\n`);
  try {
    await page.goto(new URL("/add", address).href);
    await page.setInputFiles("#files", file);
    await page.getByRole("button", { name: "Read them" }).click();
    await page.getByRole("heading", { name: "What was found" }).waitFor();
    await page.getByRole("link", { name: "Decide on it" }).first().click();
    await page.locator("#decide").waitFor();
    await press(page, "x");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fromUploadToEverybody({ serve, browser, look, check }) {
  const { address } = await serve(["--as", "A Reviewer"]);
  const outside = await serve(["--public"]);
  const page = await browser.newPage();
  const findings = new URL("/findings", outside.address).href;
  check(await shows(page, findings, "Leeds City Council", false), "nothing is public before");
  await page.goto(new URL("/add", address).href);
  await look(page);
  await publish(page, address, "Leeds City Council");
  check(await shows(page, findings, "Leeds City Council", true), "what was accepted is shown to everybody");
  await page.close();
}

async function heldBack({ serve, browser, look, check }) {
  const { address } = await serve(["--as", "A Reviewer"]);
  const outside = await serve(["--public"]);
  const page = await browser.newPage();
  const findings = new URL("/findings", outside.address).href;
  await publish(page, address, "Leeds City Council");
  check(await shows(page, findings, "Leeds City Council", true), "it was shown");
  await page.goto(new URL("/embargoes", address).href);
  await look(page);
  await page.fill("#thing", "leeds-city-council.hikvision");
  await page.fill("#until", "2999-01-01");
  await page.fill("#because", "right of reply");
  await page.getByRole("button", { name: "Hold it back" }).click();
  check((await page.innerText("main")).includes("until 1 January 2999"), "the page says until when");
  check(await shows(page, findings, "Leeds City Council", false), "it is held back");
  await page.goto(new URL("/embargoes", address).href);
  await page.getByRole("button", { name: /no longer/ }).click();
  check(await shows(page, findings, "Leeds City Council", true), "it is let go");
  await page.close();
}

async function researching({ serve, browser, look, check }) {
  const { address } = await serve(["--as", "A Reviewer"]);
  const page = await browser.newPage();
  await page.goto(new URL("/tasks", address).href);
  await look(page);
  await page.getByRole("button", { name: "Take a question" }).click();
  check((await page.innerText("main")).includes("20 minutes left"), "a question is taken for twenty minutes");
  await look(page);
  const question = await page.innerText(".sentence");
  await page.getByRole("button", { name: "This is the answer" }).click();
  check((await page.innerText("main")).includes("There is a problem"), "an answer needs words");
  await page.fill("#words", "The maintenance contract names the maker on page 4");
  await page.getByRole("button", { name: "This is the answer" }).click();
  check((await page.innerText("#done ~ ul")).includes("page 4"), "the answer is kept");
  await look(page);
  await page.getByRole("button", { name: "Take a question" }).click();
  check((await page.innerText(".sentence")) !== question || (await page.inputValue("#words")) === "", "the next one is another");
  await page.getByRole("button", { name: "Return it unsolved" }).click();
  check((await page.innerText("main")).includes("Unsolved"), "it is brought back unsolved");
  await page.close();
}

async function byPostcode({ serve, browser, check }) {
  const { address } = await serve(["--public"]);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(address);
  await page.fill("#q", "zz11ac");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("link", { name: "Sampleford District Council" }).click();
  check((await page.innerText("h1")) === "Sampleford District Council", "a postcode leads to the council");
  await context.close();
}

/** What an authenticator app shows, so many half minutes from now (RFC 6238). */
function code(secret, ahead) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const sum = createHmac("sha1", key).update(step).digest();
  const word = sum.readUInt32BE(sum[19] & 15) & 0x7fffffff;
  return String(word % 1_000_000).padStart(6, "0");
}

async function signingIn({ serve, browser, look, check }) {
  const { address, first } = await serve(["--accounts"]);
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(first.owner_link);
  await look(page);
  const secret = await page.locator("code.hash").innerText();
  await page.fill("#name", "Olga Owner");
  await page.fill("#passphrase", PASSPHRASE);
  await page.fill("#code", code(secret, 0));
  await page.getByRole("button", { name: "Join" }).click();
  check((await page.innerText(".private")).includes("signed in"), "the link makes an owner");
  await page.goto(new URL("/people", address).href);
  await page.selectOption("#role", "reviewer");
  await page.getByRole("button", { name: "Make a link" }).click();
  check((await page.innerText("main")).includes("/join?token="), "an owner invites");
  await look(page);
  await page.getByRole("button", { name: "Sign out" }).click();
  check((await page.locator(".private").count()) === 0, "signed out");
  await page.getByRole("link", { name: "Sign in" }).click();
  await look(page);
  await page.fill("#name", "Olga Owner");
  await page.fill("#passphrase", PASSPHRASE);
  await page.fill("#code", code(secret, 1));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator(".private").waitFor();
  await page.getByRole("link", { name: "Your account" }).click();
  await look(page);
  await page.fill("#old", PASSPHRASE);
  await page.fill("#new", `${PASSPHRASE} for now`);
  await page.fill("#code", "000000");
  await page.getByRole("button", { name: "Change it" }).click();
  check((await page.innerText("main")).includes("There is a problem"), "a passphrase is not changed without the app");
  await look(page);
  const cookies = await context.cookies();
  check(cookies.length === 1 && cookies[0].httpOnly, "one cookie, that no script sees");
  await context.close();
}

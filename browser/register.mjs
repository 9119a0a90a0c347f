// A register of the examples, served by the program itself on a free port of this machine.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const CATALOGUE = ["--catalogue", join(ROOT, "examples/catalogue")];

/** `{ flags, end }`: a register of the examples in a folder of its own, and the flags that name it. */
export function example(program) {
  const folder = mkdtempSync(join(tmpdir(), "stripout-browser-"));
  const flags = ["--register", join(folder, "examples.db"), ...CATALOGUE];
  try {
    execFileSync(program, ["screen", join(ROOT, "examples/evidence"), ...flags, "--quiet"], { stdio: "ignore" });
  } catch (error) {
    // 1: some input had problems, as some of the examples do on purpose.
    if (error.status !== 1) throw error;
  }
  const directory = join(ROOT, "fixtures/reference/ONSPD_MAY_2026_UK.csv");
  execFileSync(program, ["reference", "import", directory, ...flags.slice(0, 2), "--quiet"], { stdio: "ignore" });
  return { flags, end: () => rmSync(folder, { recursive: true, force: true }) };
}

/** `{ address, first, end }`: what the program says first; `more` are further flags of `stripout serve`. */
export async function start(program, flags, more = []) {
  const child = spawn(program, ["serve", ...flags, "--listen", "127.0.0.1:0", "--json", ...more], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((_, fail) => child.once("exit", (code) => fail(new Error(`stripout serve ended with ${code}`))));
  ended.catch(() => {});
  const line = new Promise((give) => createInterface({ input: child.stdout }).once("line", give));
  const first = JSON.parse(await Promise.race([line, ended]));
  const end = () => {
    child.removeAllListeners("exit");
    child.kill("SIGINT");
  };
  return { address: first.address, first, end };
}

/** Both at once. */
export async function serve(program, more = []) {
  const register = example(program);
  const server = await start(program, register.flags, more);
  const end = () => {
    server.end();
    register.end();
  };
  return { address: server.address, end };
}

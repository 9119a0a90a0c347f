// A register of the examples, served by the program itself on a free port of this machine.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const CATALOGUE = ["--catalogue", join(ROOT, "examples/catalogue")];

/** `{ address, end }`; `more` are further flags of `stripout serve`. */
export async function serve(program, more = []) {
  const folder = mkdtempSync(join(tmpdir(), "stripout-browser-"));
  const register = ["--register", join(folder, "examples.db")];
  try {
    execFileSync(program, ["screen", join(ROOT, "examples/evidence"), ...register, ...CATALOGUE, "--quiet"], { stdio: "ignore" });
  } catch (error) {
    // 1: some input had problems, as some of the examples do on purpose.
    if (error.status !== 1) throw error;
  }
  const { address, end } = await listen(program, [...register, ...CATALOGUE, ...more]);
  return {
    address,
    end: () => {
      end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Serves a register that is there, on a free port. */
export async function listen(program, flags) {
  const child = spawn(program, ["serve", ...flags, "--listen", "127.0.0.1:0", "--json"], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((_, fail) => child.once("exit", (code) => fail(new Error(`stripout serve ended with ${code}`))));
  ended.catch(() => {});
  const line = new Promise((give) => createInterface({ input: child.stdout }).once("line", give));
  const { address } = JSON.parse(await Promise.race([line, ended]));
  const end = () => {
    child.removeAllListeners("exit");
    child.kill("SIGINT");
  };
  return { address, end };
}

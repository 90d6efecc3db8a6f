// The real kirikaed on free ports, over a state folder of its own.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

export const build = process.env.KIRIKAE_BUILD;
export const source = process.env.KIRIKAE_SOURCE;
const run = promisify(execFile);

/** A new temporary folder, which is removed at the end. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "kirikae-web-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export class Daemon {
  /** Starts it and waits until it serves. `http`: the port to take; 0 = a free one. */
  static async start(state, now, { http = 0 } = {}) {
    const daemon = new Daemon();
    daemon.state = state;
    daemon.now = now;
    await daemon.#start(http);
    return daemon;
  }

  async #start(http) {
    const endpoints = join(this.state, "endpoints.json");
    rmSync(endpoints, { force: true });
    this.child = spawn(join(build, "kirikaed"), [
      "--state-dir", this.state, "--listen", "127.0.0.1:0", "--http", `127.0.0.1:${http}`, "--now", this.now, "--allow-self-approval",
    ], { stdio: ["ignore", "ignore", "pipe"] });
    let log = "";
    this.child.stderr.on("data", (piece) => (log = (log + piece).slice(-4000)));
    this.since = Date.now();
    this.ended = once(this.child, "exit");
    let over = false;
    void this.ended.then(() => (over = true));
    for (;;) {
      if (over) throw new Error(`kirikaed did not start: ${log}`);
      if (existsSync(endpoints) && readFileSync(endpoints, "utf8").includes("}")) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const { grpc, http: page } = JSON.parse(readFileSync(endpoints, "utf8"));
    this.grpc = grpc;
    this.port = Number(page.split(":").at(-1));
    this.url = `http://${page}`;
  }

  get adminToken() {
    return readFileSync(join(this.state, "admin.token"), "utf8").trim();
  }

  /** Runs the command line; returns what it prints. */
  async kirikae(...args) {
    const { stdout } = await run(join(build, "kirikae"), args, {
      env: { ...process.env, KIRIKAE_SERVER: this.grpc, KIRIKAE_TOKEN_FILE: join(this.state, "admin.token") },
      maxBuffer: 1 << 26,
    });
    return stdout;
  }

  /** What the command line prints as JSON. */
  async json(...args) {
    return JSON.parse(await this.kirikae(...args, "-o", "json"));
  }

  /** The secret of a new token. */
  async token(role, name = `${role} one`) {
    const { secret } = await this.json("token", "create", name, "--role", role);
    return secret;
  }

  async stop(signal = "SIGTERM") {
    this.child.kill(signal);
    await this.ended;
  }

  /** Starts it again at the same address, with the clock where it would be: one that went back would refuse writes. */
  async startAgain() {
    this.now = new Date(Date.parse(this.now) + (Date.now() - this.since)).toISOString();
    await this.#start(this.port);
  }
}

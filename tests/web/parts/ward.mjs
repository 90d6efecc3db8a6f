// The sample ward with its approved plan, on the day of the first wave. It is made once by the real command line and copied.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Daemon, build, source, temporaryFolder } from "./daemon.mjs";

const samples = join(source, "deploy/samples");

async function make(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const daemon = await Daemon.start(folder, "2025-04-01T09:00:00+09:00");
  for (const [kind, file] of [["staff", "staff.tsv"], ["devices", "devices.csv"], ["enrolments", "enrolments.csv"]]) {
    await daemon.kirikae("import", kind, join(samples, "ward700", file), "--apply", "--yes");
  }
  const tokens = {};
  for (const role of ["viewer", "operator", "planner", "approver", "auditor"]) tokens[role] = await daemon.token(role);
  await daemon.kirikae("rollout", "apply", "-f", join(samples, "rollout.yaml"));
  const plan = (await daemon.kirikae("plan", "create", "face2025", "-o", "name")).trim();
  await daemon.kirikae("plan", "submit", plan);
  await daemon.kirikae("plan", "approve", plan, "--remark", "案のとおり承認");
  const [first] = (await daemon.kirikae("wave", "list", "face2025", "-o", "csv", "--no-headers")).split("\n");
  const [wave, , day] = first.split(",");
  const tags = (await daemon.kirikae("wave", "show", wave, "-o", "name")).trim().split("\n");
  await daemon.stop();
  writeFileSync(join(folder, "ward.json"), JSON.stringify({ tokens, wave, day, tags }));
}

/** Starts a daemon over a copy of the ward, so many days after its first wave; `ward` has its tokens by role, its first wave, its day and its tags. */
export async function startWard({ days = 0 } = {}) {
  const { size, mtimeMs } = statSync(join(build, "kirikaed"));
  const kept = join(build, "tests/web/wards", `${size}-${Math.round(mtimeMs)}`);
  if (!existsSync(kept)) {
    const made = `${kept}.${process.pid}`;
    await make(made);
    try {
      renameSync(made, kept);
    } catch {
      rmSync(made, { recursive: true }); // another test was quicker
    }
  }
  const state = join(temporaryFolder(), "state");
  cpSync(kept, state, { recursive: true });
  const ward = JSON.parse(readFileSync(join(state, "ward.json"), "utf8"));
  const day = new Date(Date.parse(`${ward.day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
  const daemon = await Daemon.start(state, `${day}T16:00:00+09:00`);
  return { daemon, ward };
}

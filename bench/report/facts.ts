import { cpus, release, totalmem, type } from "node:os";
import type { Effort } from "../effort.ts";
import { peerVersions } from "../install.ts";
import { cores } from "../machine/cores.ts";

/** What a reader must know to judge the numbers: when, where, with which versions, how long. */
export function factsOf(effort: Effort, postgresVersion: string | null): string[] {
  const versions = Object.entries(peerVersions()).map(([name, version]) => `${name} ${version}`);
  const pinning =
    cores.server === null
      ? "Not pinned: one core, or no taskset. Server and load disturb one another."
      : `Server pinned to core ${cores.server}, load to core ${cores.load}.`;
  return [
    new Date().toISOString().slice(0, 10),
    `${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release()}. ${pinning}`,
    `Node.js ${process.version}, SQLite ${process.versions["sqlite"] ?? ""} (ours), ${versions.join(", ")}${postgresVersion === null ? "" : `, ${postgresVersion}`}`,
    `${effort.rounds} rounds, each target in turn and started anew; ${effort.warmMs / 1_000} s of warm-up (W2 and W3, which ask for any call: ${effort.warmAllMs / 1_000}), ${effort.runMs / 1_000} s measured; ${effort.connections} connections, closed loop; ${effort.calls.toLocaleString("en-US")} calls; ${effort.subscribers.toLocaleString("en-US")} subscribers.`,
  ];
}

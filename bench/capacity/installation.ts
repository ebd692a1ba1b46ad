import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { systemSecrets } from "../../server/src/auth/secrets.ts";
import { keyPrefix } from "../../server/src/domain/api-key.ts";
import { openPostgresStorage } from "../../server/src/storage/postgres/open.ts";
import { startNats } from "../../test/support/nats.ts";
import { startPostgres } from "../../test/support/postgres.ts";
import { usageOf } from "../machine/usage.ts";
import { type Child, startChild } from "../targets/child.ts";

/** Sockets that one session or key may have open. */
export const socketsPerKey = 20;

const program = join(import.meta.dirname, "../../server/bin/ringback.js");
const note =
  "mutation Note($id: ID!, $content: String!) { addNote(input: { activityId: $id, content: $content }) { id } }";
/** What a client that shows the list follows. */
export const followDocument =
  "subscription Follow { changes { cursor kind call { id direction from to duration is_archived call_type via created_at notes { id content } } } }";
const page =
  "{ paginatedCalls(limit: 10) { nodes { id direction from to duration is_archived call_type via created_at notes { id content } } totalCount hasNextPage } }";

/** Nodes of one database with many workspaces, on this machine, to be loaded and watched. */
export type Installation = {
  readonly nodes: readonly { readonly url: string; readonly socketUrl: string }[];
  /** The key of each workspace, which may read and write. */
  readonly keys: readonly string[];
  readonly versions: string;
  /** Logs a call through a node; resolves when it is answered. */
  call(node: number, workspace: number): Promise<void>;
  /** Adds a note to the newest call that was logged here. */
  note(node: number, workspace: number): Promise<void>;
  page(node: number, workspace: number): Promise<void>;
  /** What was used since the start. */
  used(): Promise<Used>;
  stop(): Promise<void>;
};

export type Used = {
  readonly atMs: number;
  /** Of each node. */
  readonly nodes: readonly { readonly cpuSeconds: number; readonly rssBytes: number }[];
  readonly databaseCpuSeconds: number;
  readonly walBytes: number;
};

/** Starts them: PostgreSQL with durable commits, NATS, nodes. Needs Linux, for what processes use is read from /proc. */
export async function startInstallation(wanted: {
  readonly nodes: number;
  readonly workspaces: number;
}): Promise<Installation> {
  const database = await startPostgres({
    settings: { fsync: "on", shared_buffers: "256MB", max_wal_size: "2GB", max_connections: "100" },
  });
  const nats = await startNats();
  const data = mkdtempSync(join(tmpdir(), "ringback-capacity-"));
  const { keys, sourceKeys } = await fill(database.url, wanted.workspaces);
  const children: Child[] = [];
  for (let node = 0; node < wanted.nodes; node++) {
    // One after the other: the first makes the key file that they share.
    children.push(
      await startChild([process.execPath, program, "serve"], {
        RINGBACK_DATA: data,
        RINGBACK_DATABASE: database.url,
        RINGBACK_DOORBELL: nats.url,
        RINGBACK_PORT: "0",
        RINGBACK_LOG: "warn",
        RINGBACK_SOCKETS_PER_NETWORK: "100000",
        RINGBACK_COST_PER_SESSION: "0",
        RINGBACK_REQUESTS_PER_NETWORK: "0",
      }),
    );
  }
  const sql = postgres(database.url, { max: 1, onnotice: () => {} });
  const [postmaster = ""] = readFileSync(join(database.folder, "postmaster.pid"), "utf8").split("\n");
  const [told] = await sql<{ version: string }[]>`SELECT current_setting('server_version') AS version`;
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const lastCalls = keys.map(() => "");
  let sent = 0;
  const send = (node: number, path: string, key: string, body: object) =>
    post(agent, new URL(path, children[node]?.url), key, JSON.stringify(body));
  return {
    nodes: children.map(({ url }) => ({ url, socketUrl: `${url.replace(/^http/, "ws")}/websocket` })),
    keys,
    versions: `Node.js ${process.versions.node}, PostgreSQL ${told?.version ?? ""}`,

    async call(node, workspace) {
      const answer = await send(node, "/ingest/calls", sourceKeys[workspace] ?? "", callOf((sent += 1)));
      const { results } = answer as { results: readonly { readonly callId: string }[] };
      lastCalls[workspace] = results[0]?.callId ?? "";
    },

    async note(node, workspace) {
      const variables = {
        id: lastCalls[workspace],
        content: `Asked for Maria, she calls back tomorrow at nine (${(sent += 1)}).`,
      };
      await ask(node, workspace, note, variables);
    },

    page: (node, workspace) => ask(node, workspace, page, {}),

    async used() {
      const [row] = await sql<{ bytes: string }[]>`SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn AS bytes`;
      return {
        atMs: performance.now(),
        nodes: children.map(({ pid }) => usageOf([pid]) ?? { cpuSeconds: Number.NaN, rssBytes: Number.NaN }),
        databaseCpuSeconds: usageOf([Number(postmaster)])?.cpuSeconds ?? Number.NaN,
        walBytes: Number(row?.bytes),
      };
    },

    async stop() {
      agent.destroy();
      await sql.end();
      await Promise.all(children.map((child) => child.stop()));
      await nats.stop();
      await database.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };

  async function ask(node: number, workspace: number, query: string, variables: object): Promise<void> {
    const answer = await send(node, "/graphql", keys[workspace] ?? "", { query, variables });
    if ("errors" in answer) throw new Error(JSON.stringify(answer));
  }
}

/** Workspaces with a key for people's programs and one for a source each. */
async function fill(url: string, count: number) {
  const storage = await openPostgresStorage({ url, clock: Date });
  const keys: string[] = [];
  const sourceKeys: string[] = [];
  for (let number = 0; number < count; number++) {
    const { id: workspaceId } = await storage.workspaces.add(`team ${number}`, Date.now());
    const key = systemSecrets.create(keyPrefix);
    const standing = {
      createdBy: null,
      createdAtMs: Date.now(),
      expiresAtMs: null,
      lastUsedAtMs: null,
      revokedAtMs: null,
    };
    await storage.apiKeys.add(
      {
        id: randomUUID(),
        workspaceId,
        name: "bench",
        scopes: ["read", "write"],
        requestsPerMinute: 100_000,
        ...standing,
      },
      systemSecrets.digest(key),
    );
    keys.push(key);
    const sourceKey = systemSecrets.create(keyPrefix);
    await storage.sources.add(
      { id: randomUUID(), workspaceId, name: "pbx", kind: "generic", createdAtMs: Date.now() },
      systemSecrets.digest(sourceKey),
    );
    sourceKeys.push(sourceKey);
  }
  await storage.close();
  return { keys, sourceKeys };
}

/**
 * A call that has just ended. One of four is missed, from a number that never called before nor will again, so that no call settles
 * another one and each brings exactly one change; the others are with known numbers.
 */
function callOf(number: number): object {
  const isMissed = number % 4 === 0;
  const other = `+1${2_010_000_000 + (isMissed ? 1_000_000 + number : number % 1_000)}`;
  const direction = !isMissed && number % 3 === 0 ? "outbound" : "inbound";
  const line = "+442079460010";
  return {
    id: `call-${number}`,
    direction,
    from: direction === "inbound" ? other : line,
    to: direction === "inbound" ? line : other,
    via: line,
    duration: isMissed ? 0 : 61_500,
    call_type: isMissed ? "missed" : "answered",
    created_at: new Date().toISOString(),
  };
}

function post(agent: Agent, url: URL, key: string, body: string): Promise<object> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${key}`,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    };
    const asked = request(url, { agent, method: "POST", headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("error", reject);
      response.once("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        if (response.statusCode === 200) resolve(JSON.parse(text) as object);
        else reject(new Error(`${url.pathname} was answered with ${response.statusCode}: ${text}`));
      });
    });
    asked.once("error", reject);
    asked.end(body);
  });
}

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { freshCopy, preparedFolder } from "../data/folder.ts";
import { ndjson } from "../data/ndjson.ts";
import { schemaVersion } from "../../server/src/storage/sqlite/migrate.ts";
import { ask, askUntilAnswered } from "./ask.ts";
import { startChild } from "./child.ts";
import { documented } from "./dialect.ts";
import type { Target } from "./target.ts";

const program = join(import.meta.dirname, "../../server/bin/ringback.js");
/** The account of the prepared data. */
export const user = { username: "bench", password: "only for the bench" };
const socketsPerSession = 20;
// Access tokens live ten minutes; no single measurement takes the rest of that.
const tokenAgeMsMax = 240_000;
const login =
  "mutation Login($input: LoginInput!) { login(input: $input) { access_token refresh_token user { id username } } }";

/**
 * Our server as anybody runs it: a data folder filled by `ringback import`, an account by `ringback user add`, `ringback
 * serve`, a login over the API. Four settings differ from the defaults: it logs warnings only, as the alternatives log nothing,
 * one network may hold as many sockets and sign in as often as the workload does, and one session may ask for as much as it can.
 */
export const ringback: Target = {
  name: "ringback",
  title: "Ringback",
  kind: "ours",
  dialect: documented,
  subprotocols: ["graphql-transport-ws", "graphql-ws"],
  async prepare(calls) {
    await data(calls);
  },
  async start(calls) {
    const copy = freshCopy(await data(calls));
    const serve = async () =>
      startChild([process.execPath, program, "serve"], {
        ...settings(copy.folder),
        RINGBACK_PORT: "0",
        RINGBACK_SOCKETS_PER_NETWORK: "100000",
        RINGBACK_COST_PER_SESSION: "999999999",
        RINGBACK_SIGN_INS_PER_NETWORK: "1000000",
      });

    // Signing in hashes a password, on purpose slowly, and needs no repeating at a restart: the start that is timed is the
    // second one, with the token of the first, just as the alternatives are given theirs.
    const first = await serve();
    const token = await signIn(`${first.url}/graphql`);
    await first.stop();

    const child = await serve();
    const url = `${child.url}/graphql`;
    await askUntilAnswered(url, token, { query: documented.page, variables: { offset: 0, limit: 10 } });
    const startMs = performance.now() - child.spawnedAtMs;
    let tokens = [token];
    let signedInAtMs = performance.now();
    return {
      pids: [child.pid],
      url,
      socketUrl: `${child.url.replace(/^http/, "ws")}/websocket`,
      startMs,
      async tokens(sockets) {
        if (performance.now() - signedInAtMs > tokenAgeMsMax) {
          tokens = [];
          signedInAtMs = performance.now();
        }
        while (tokens.length === 0 || tokens.length * socketsPerSession < sockets) tokens.push(await signIn(url));
        return tokens;
      },
      async stop() {
        await child.stop();
        copy.remove();
      },
    };
  },
};

/** Filled by the version that is measured: one that brings an older file to its schema has that to do, and other rows. */
async function data(calls: number): Promise<string> {
  return preparedFolder(`ringback-schema-${schemaVersion}`, calls, async (folder) => {
    const environment = { ...process.env, ...settings(folder) };
    const importing = spawn(process.execPath, [program, "import", "--format", "ndjson", "-"], {
      env: environment,
      stdio: ["pipe", "ignore", "inherit"],
    });
    const ended = once(importing, "exit");
    await pipeline(Readable.from(ndjson(calls)), importing.stdin);
    const [status] = (await ended) as [number | null];
    if (status !== 0) throw new Error(`ringback import ended with ${status}`);
    const added = spawnSync(process.execPath, [program, "user", "add", user.username], {
      env: environment,
      input: `${user.password}\n`,
      encoding: "utf8",
    });
    if (added.status !== 0) throw new Error(`ringback user add: ${added.stderr}`);
  });
}

function settings(folder: string): Record<string, string> {
  return { NODE_ENV: "production", RINGBACK_DATA: folder, RINGBACK_LOG: "warn" };
}

async function signIn(url: string): Promise<string> {
  const answer = (await ask(url, null, { query: login, variables: { input: user } })) as {
    login: { access_token: string };
  };
  return answer.login.access_token;
}

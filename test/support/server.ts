import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type App, type AppOptions, startApp } from "../../server/src/app.ts";
import { readConfig, type SettingName } from "../../server/src/config.ts";
import type { Source } from "../../server/src/domain/source.ts";
import { firstWorkspaceId, usernameKey } from "../../server/src/domain/workspace.ts";
import { databaseOf, dropDatabaseOf } from "./test-database.ts";

export type TestServer = App & {
  /** The address of the WebSocket. */
  readonly socketUrl: string;
  /** Signs in over HTTP; the account (password `test password`) is made at its first use. */
  signIn(username?: string): Promise<{ readonly accessToken: string; readonly refreshToken: string }>;
  /** POSTs a GraphQL request and returns the decoded answer. */
  graphql(
    query: string,
    options?: { readonly variables?: object; readonly token?: string; readonly headers?: Record<string, string> },
  ): Promise<GraphqlResult>;
  /** Logs so many calls, each a minute newer than the one before; their ids, oldest first. */
  addCalls(count: number): Promise<readonly string[]>;
};

export type GraphqlResult = {
  // oxlint-disable-next-line typescript/no-explicit-any -- answers are taken apart by assertions that say what they expect
  readonly data?: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string; readonly [name: string]: unknown };
  }[];
  readonly extensions?: { readonly warnings?: readonly { readonly code: string }[] };
};

export const testPassword = "test password";

/** No test meets the rate limits that does not mean to. */
const unhurried = { costPerSession: "999999999", requestsPerNetwork: "999999999", signInsPerNetwork: "1000000" };

/**
 * The whole server on a SQLite file of its own (or a PostgreSQL database: see `test-database.ts`), on a free port of loopback, with
 * argon2id at its cheapest. `settings` are texts as the environment has them. `close` also removes the data.
 */
export async function startTestServer(
  settings: Partial<Record<SettingName, string>> = {},
  options: AppOptions = {},
): Promise<TestServer> {
  const data = settings.data ?? (await mkdtemp(join(tmpdir(), "ringback-test-")));
  const database = await databaseOf(data);
  const config = readConfig({ port: "0", logLevel: "silent", ...unhurried, database, ...settings, data });
  const app = await startApp(config, {
    passwordParameters: { memoryKiB: 8, passes: 1, lanes: 1 },
    ...options,
  });
  const account = { role: "admin", isDisabled: false, createdAtMs: 0 } as const;
  let logged = 0;
  let source: Source | null = null;
  const server: TestServer = {
    ...app,
    socketUrl: `${app.url.replace(/^http/, "ws")}/websocket`,

    async signIn(username = "ann") {
      if ((await app.storage.users.byName(usernameKey(username))) === null) {
        const user = { id: randomUUID(), workspaceId: firstWorkspaceId, username, ...account };
        await app.storage.users.add(user, await app.passwords.hash(testPassword));
      }
      const query = "mutation ($input: LoginInput!) { login(input: $input) { access_token refresh_token } }";
      const { data, errors } = await server.graphql(query, {
        variables: { input: { username, password: testPassword } },
      });
      if (errors !== undefined) throw new Error(`Signing in failed: ${JSON.stringify(errors)}`);
      return { accessToken: data.login.access_token, refreshToken: data.login.refresh_token };
    },

    async graphql(query, { variables, token, headers } = {}) {
      const response = await fetch(`${app.url}/graphql`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as GraphqlResult;
    },

    async addCalls(count) {
      if (source === null) {
        source = { id: randomUUID(), workspaceId: firstWorkspaceId, name: "test", kind: "generic", createdAtMs: 0 };
        await app.storage.sources.add(source, randomUUID());
      }
      const deliveries = Array.from({ length: count }, () => {
        logged += 1;
        return {
          deliveryKey: `delivery-${logged}`,
          groupKey: `call-${logged}`,
          raw: "{}",
          digest: `${logged}`,
          problem: null,
          facts: {
            direction: "inbound" as const,
            from: "+12025550123",
            to: "+442079460123",
            via: "+442079460123",
            startedAtMs: Date.UTC(2021, 6, 4) + logged * 60_000,
            endedAtMs: null,
            durationMs: logged * 1_000,
            callType: "missed" as const,
            isArchived: false,
            notes: [],
          },
        };
      });
      const verdicts = await app.intake.accept(source, deliveries);
      return verdicts.map(({ callId }) => String(callId));
    },

    async close() {
      await app.close();
      if (settings.data !== undefined) return;
      await dropDatabaseOf(data);
      await rm(data, { recursive: true, force: true });
    },
  };
  return server;
}

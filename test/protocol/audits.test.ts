import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { serverAudits } from "graphql-http";
import { startTestServer } from "../support/server.ts";

describe("the audits of GraphQL over HTTP", () => {
  it("find no error and no warning with the default settings", async () => {
    assert.deepEqual(await audit({}), { ok: 58, notice: 3, warn: 0, error: 0 });
  });

  it("all pass where GET is switched on", async () => {
    assert.deepEqual(await audit({ graphqlGet: "on" }), { ok: 61, notice: 0, warn: 0, error: 0 });
  });
});

async function audit(settings: Parameters<typeof startTestServer>[0]) {
  const server = await startTestServer(settings);
  try {
    const { accessToken } = await server.signIn();
    const fetchFn = (url: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      headers.set("authorization", `Bearer ${accessToken}`);
      return fetch(url, { ...init, headers });
    };
    const counts = { ok: 0, notice: 0, warn: 0, error: 0 };
    for (const { fn } of serverAudits({ url: `${server.url}/graphql`, fetchFn })) {
      counts[(await fn()).status] += 1;
    }
    return counts;
  } finally {
    await server.close();
  }
}

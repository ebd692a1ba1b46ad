import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createTestCore, parametersOf } from "../../../test/support/core.ts";
import type { GraphqlAnswer } from "./core.ts";
import type { Spending } from "./metering.ts";

const both = ["query", "mutation"] as const;
const page = "query ($limit: Float) { paginatedCalls(limit: $limit) { nodes { id notes { id } } } }";

async function metered(quotas: { session?: number; network?: number }) {
  const time = { nowMs: 1_700_000_000_000 };
  const test = await createTestCore({
    clock: { now: () => time.nowMs },
    quotas: { sessionCostPerMinute: quotas.session ?? 0, networkRequestsPerMinute: quotas.network ?? 0 },
  });
  const ask = (query: string, caller: Parameters<typeof test.caller>[0] = {}, limit = 10) =>
    test.core.execute(parametersOf(query, { variables: { limit } }), test.caller(caller), both);
  return { ...test, time, ask };
}

function refusalOf({ body }: GraphqlAnswer) {
  const { errors } = JSON.parse(body) as { errors?: readonly { extensions: Record<string, unknown> }[] };
  return errors?.[0]?.extensions;
}

describe("the rate of a session", () => {
  it("is spent by the cost of what it asks for, and refused with the time to wait once it does not suffice", async () => {
    const { ask, time } = await metered({ session: 600 });
    assert.equal((await ask(page, {}, 100)).outcome, "ok"); // 301
    const refused = await ask(page, {}, 100);
    assert.equal(refused.outcome, "rate-limited");
    assert.equal(refused.retryAfterMs, 200);
    assert.deepEqual(refusalOf(refused), { code: "RATE_LIMITED", retryAfterMs: 200, requestId: "request-1" });
    assert.equal((await ask(page, {}, 50)).outcome, "ok");
    time.nowMs += 60_000;
    assert.equal((await ask(page, {}, 100)).outcome, "ok");
  });

  it("is one for all its transports and tokens, and no other session's", async () => {
    const { ask, core, caller, tokens } = await metered({ session: 2 });
    const principal = {
      workspaceId: 1,
      userId: "user-ann",
      username: "ann",
      sessionId: "session-0",
      expiresAtMs: Number.MAX_SAFE_INTEGER,
    };
    await ask("{ me { id } }");
    await ask("{ me { id } }", { bearer: null, principal });
    assert.equal((await ask("{ me { id } }")).outcome, "rate-limited");
    const refresh = parametersOf("mutation { refreshTokenV2 { access_token } }");
    const renewed = await core.execute(refresh, caller({ bearer: tokens.refreshToken }), both);
    const { data } = JSON.parse(renewed.body) as { data: { refreshTokenV2: { access_token: string } } };
    const bearer = data.refreshTokenV2.access_token;
    assert.equal((await ask("{ me { id } }", { bearer })).outcome, "rate-limited");
    const other = { ...principal, sessionId: "another" };
    assert.equal((await ask("{ me { id } }", { principal: other })).outcome, "ok");
  });

  it("is spent by a subscription once, when it starts", async () => {
    const { core, caller } = await metered({ session: 2 });
    const errors: string[] = [];
    const sink = { next() {}, complete() {}, error: (text: string) => void errors.push(text) };
    const follow = () => core.subscribe(parametersOf("subscription { onUpdateCall { id } }"), caller(), sink);
    const live = [await follow(), await follow()];
    assert.deepEqual(errors, []);
    live.push(await follow());
    assert.match(errors[0] ?? "", /"code":"RATE_LIMITED","retryAfterMs":30000,"requestId":"request-1"/);
    for (const subscription of live) subscription.stop();
  });

  it("is spent by documents that are refused, too", async () => {
    const { ask } = await metered({ session: 1 });
    assert.equal(refusalOf(await ask("{ nonsense }"))?.["code"], "GRAPHQL_VALIDATION_FAILED");
    assert.equal(refusalOf(await ask("{ nonsense }"))?.["code"], "RATE_LIMITED");
  });

  it("is shown by Query.limits, and is null where it is not limited", async () => {
    const query = "{ limits { cost pageLimit rate { quota windowSeconds remaining fullInMs } } }";
    const spending: Spending = { cost: null, budget: null };
    const { ask } = await metered({ session: 600 });
    assert.deepEqual(JSON.parse((await ask(query, { spending })).body), {
      data: {
        limits: {
          cost: 5_000,
          pageLimit: 1_000,
          rate: { quota: 600, windowSeconds: 60, remaining: 598, fullInMs: 200 },
        },
      },
    });
    const unlimited = await metered({});
    assert.match((await unlimited.ask(query, { spending: { cost: null, budget: null } })).body, /"rate":null/);
    assert.equal((await unlimited.ask(query, { bearer: null })).outcome, "unauthenticated");
  });
});

describe("the rate of a network without tokens", () => {
  it("counts every request without a token that is good, and none of a session's", async () => {
    const { ask } = await metered({ network: 4 });
    const login = 'mutation { login(input: { username: "ann", password: "right" }) { access_token } }';
    for (const [query, bearer] of [
      ["{ __typename }", null],
      ["{", null],
      ["{ me { id } }", "nonsense"],
      [login, "nonsense"],
    ] as const) {
      assert.notEqual((await ask(query, { bearer })).outcome, "rate-limited", query);
      assert.equal((await ask("{ me { id } }")).outcome, "ok");
    }
    for (const [query, bearer] of [
      ["{ __typename }", null],
      ["{", null],
      ["{", "nonsense"],
      ["{ me { id } }", "nonsense"],
      [login, null],
    ] as const) {
      const refused = await ask(query, { bearer });
      assert.deepEqual([refused.outcome, refused.retryAfterMs], ["rate-limited", 15_000], query);
    }
    const elsewhere = { address: "192.0.2.1", agent: "test" };
    assert.equal((await ask(login, { bearer: null, origin: elsewhere })).outcome, "ok");
  });
});

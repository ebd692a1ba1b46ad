import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startTestServer, type TestServer } from "../support/server.ts";
import { assertAnswered, badTokens, hostileRows } from "./hostile-rows.ts";

describe("hostile requests over HTTP", () => {
  let server: TestServer;
  let token: string;

  before(async () => {
    server = await startTestServer();
    await server.addCalls(3);
    token = (await server.signIn()).accessToken;
  });
  after(() => server.close());

  for (const row of hostileRows) {
    it(row.id, async () => {
      for (const accept of ["application/json", "application/graphql-response+json"]) {
        const response = await fetch(`${server.url}/graphql`, {
          method: "POST",
          headers: {
            "content-type": "application/json",
            accept,
            ...(row.isAnonymous === true ? {} : { authorization: `Bearer ${token}` }),
          },
          body: JSON.stringify(row.send),
        });
        const status = "refused" in row.expect && accept !== "application/json" ? 400 : 200;
        const text = await response.text();
        assert.equal(response.status, status, text);
        assert.equal(response.headers.get("content-type"), `${accept}; charset=utf-8`);
        assert.ok(response.headers.get("x-request-id"), "every answer has a request id");
        assertAnswered(row, text);
      }
    });
  }

  describe("tokens that nobody issued are answered Unauthorized", () => {
    for (const name of Object.keys(badTokens({ accessToken: "e30.e30.", refreshToken: "" }))) {
      it(name, async () => {
        const bad = badTokens(await server.signIn());
        const value = bad[name as keyof typeof bad];
        const body = JSON.stringify({ query: "{me{id}}" });
        const headers = { "content-type": "application/json", authorization: `Bearer ${value}` };
        const response = await fetch(`${server.url}/graphql`, { method: "POST", headers, body });
        assert.equal(response.status, 200);
        assert.deepEqual(await response.json(), {
          errors: [
            {
              message: "Unauthorized",
              extensions: {
                code: "UNAUTHENTICATED",
                exception: {
                  status: 401,
                  message: "Unauthorized",
                  response: { statusCode: 401, message: "Unauthorized" },
                },
                requestId: response.headers.get("x-request-id"),
              },
            },
          ],
          data: null,
        });
      });
    }
  });
});

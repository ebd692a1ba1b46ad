import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startTestServer, type TestServer } from "../../../../test/support/server.ts";
import { errorTable } from "../../domain/errors.ts";
import { docsPage } from "./docs-page.ts";
import { defaultWebsocketLimits } from "../websocket/limits.ts";

describe("the page /docs", () => {
  let server: TestServer;
  let page: string;
  let response: Response;

  before(async () => {
    server = await startTestServer({ costPerSession: "12345", requestsPerNetwork: "0" });
    response = await fetch(`${server.url}/docs`);
    page = await response.text();
  });
  after(() => server.close());

  it("has every code of the table once, at its anchor, with its meaning", () => {
    const rows = [...page.matchAll(/<tr id="([A-Z_]+)"><td><a href="#\1"><code>\1<\/code><\/a><\/td>(.*?)<\/tr>/g)];
    assert.deepEqual(
      rows.map(([, code = "", cells = ""]) => [code].concat(Array.from(cells.matchAll(/<td>(.*?)<\/td>/g), cellOf))),
      Object.entries(errorTable).map(([code, { http, close, meaning }]) => [
        code,
        String(http),
        close === null ? "–" : String(close),
        meaning,
      ]),
    );
  });

  it("tells the limits and settings of this very server", () => {
    assert.match(page, /a session<\/td><td>12,345 points of cost/);
    assert.match(page, /a network without a good token<\/td><td>as much as it likes/);
    assert.match(page, /cost of an operation<\/td><td>5,000</);
    assert.match(page, /live operations on a socket<\/td><td>32</);
    assert.match(page, /<code>RINGBACK_REFRESH_ROTATION<\/code><\/td><td><code>documented<\/code>/);
  });

  it("tells nothing about the machine: no address, folder, proxy or secret", () => {
    for (const setting of ["HOST", "PORT", "DATA", "KEYS_SECRET", "TRUSTED_PROXIES", "LOG"]) {
      assert.ok(!page.includes(`RINGBACK_${setting}<`), setting);
    }
  });

  it("needs no token and runs nothing: no script, no style in the page, nothing from elsewhere", async () => {
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
    const policy = (response.headers.get("content-security-policy") ?? "").split("; ");
    assert.deepEqual(policy.slice(0, 2), ["default-src 'none'", "style-src 'self'"]);
    assert.doesNotMatch(page, /<script|\sstyle=|\son\w+=|(src|href)="(https?:)?\/\//);
    for (const [, path = ""] of page.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)) {
      const style = await fetch(server.url + path);
      assert.deepEqual([style.status, style.headers.get("content-type")], [200, "text/css; charset=utf-8"]);
    }
  });

  it("has a target for each link within it, and no id twice", () => {
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const [, target = ""] of page.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.includes(target), target);
  });

  it("shows a setting's value as text, whatever is in it", () => {
    const settings = [{ name: "A", value: '<script>"&', meaning: "`<b>`" }];
    const facts = { websocket: defaultWebsocketLimits, sessionCostPerMinute: 0, networkRequestsPerMinute: 0, settings };
    const shown = "<code>&lt;script&gt;&quot;&amp;</code></td><td><code>&lt;b&gt;</code>";
    assert.ok(docsPage(facts).includes(shown));
  });
});

function cellOf([, cell = ""]: RegExpMatchArray): string {
  return cell;
}

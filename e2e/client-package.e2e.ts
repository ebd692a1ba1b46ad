import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import type { Ringback, createRingback } from "../client/src/ringback.ts";
import { useApp } from "./support/app.ts";

const root = resolve(import.meta.dirname, "..");

describe("@ringback/client in a browser", () => {
  const app = useApp({ calls: 3 });
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "ringback-client-e2e-"));
    await promisify(execFile)(join(root, "node_modules/.bin/tsc"), ["-p", join(root, "client"), "--outDir", folder]);
  });
  after(() => rm(folder, { recursive: true }));

  it("lives on the cookie of a page that the server serves, over a reload, and follows changes", async () => {
    const page = await openPage();
    const { id } = await page.evaluate(async () => {
      const { ringback } = await window.start();
      return ringback.signIn("ann", "test password");
    });
    await page.reload();
    const seen = await page.evaluate(async () => {
      const { ringback } = await window.start();
      const { me } = await ringback.request("{ me { id } }");
      const leaving = new AbortController();
      const states: string[] = [];
      const kinds: string[] = [];
      await ringback.changes({
        onChange({ kind }) {
          kinds.push(kind);
          leaving.abort();
        },
        onGap: () => {},
        onState(state) {
          states.push(`${state.status} ${"transport" in state ? state.transport : ""}`);
          if (state.status === "live") void ringback.request("mutation { archiveCall(id: 1) { id } }");
        },
        signal: leaving.signal,
      });
      await ringback.signOut();
      const refused = await ringback.request("{ me { id } }").catch((error: { code: string }) => error.code);
      return { id: me.id, states, kinds, refused };
    });
    assert.deepEqual(seen, {
      id,
      states: ["connecting websocket", "live websocket"],
      kinds: ["CALL_ARCHIVED"],
      refused: "UNAUTHENTICATED",
    });
  });

  /** A page of the server that has the package under an address of the server's own, which is where its policy lets scripts come from. */
  async function openPage(): Promise<Page> {
    const page = await app.open("/sign-in", { as: null });
    await page.context().route("**/client-package/*", async (route) => {
      const name = new URL(route.request().url()).pathname.split("/").at(-1) ?? "";
      await route.fulfill({ contentType: "text/javascript", body: await readFile(join(folder, name), "utf8") });
    });
    await page.addInitScript(() => {
      window.start = async () => {
        const address = "/client-package/ringback.js";
        const client = (await import(address)) as { createRingback: typeof createRingback };
        return { ringback: client.createRingback({ url: location.origin, session: { kind: "cookie" } }) };
      };
    });
    await page.reload();
    return page;
  }
});

declare global {
  interface Window {
    start: () => Promise<{ readonly ringback: Ringback }>;
  }
}

import assert from "node:assert/strict";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestServer } from "../support/server.ts";
import { copyDatabaseOf, dropDatabaseOf } from "../support/test-database.ts";

/** How many calls there are at first. */
export const callsAtFirst = 12;

/** Who works in the inbox; both have the password of the tests. */
export const people = ["ann", "bob"] as const;

/** A data folder (with its database) with people, calls and a phone system, to begin each run with. */
export type Template = {
  readonly sourceKey: string;
  /** Its copy in a new folder. */
  copy(): Promise<string>;
  remove(): Promise<void>;
};

export async function makeTemplate(): Promise<Template> {
  const folder = await mkdtemp(join(tmpdir(), "ringback-model-"));
  const data = join(folder, "template");
  const server = await startTestServer({ data });
  const { accessToken: token } = await server.signIn(people[0]);
  await server.signIn(people[1]);
  await server.addCalls(callsAtFirst);
  const { data: added, errors } = await server.graphql('mutation { addSource(name: "PBX") { key } }', { token });
  assert.equal(errors, undefined);
  await server.close();
  let copies = 0;
  return {
    sourceKey: added.addSource.key,
    async copy() {
      copies += 1;
      const copy = join(folder, `run-${copies}`);
      await cp(data, copy, { recursive: true });
      await copyDatabaseOf(data, copy);
      return copy;
    },
    async remove() {
      await dropDatabaseOf(data);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

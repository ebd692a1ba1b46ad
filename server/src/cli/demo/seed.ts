import { randomBytes, randomUUID } from "node:crypto";
import { DomainError } from "../../domain/errors.ts";
import type { Intake } from "../../domain/intake.ts";
import type { Passwords } from "../../domain/ports.ts";
import type { Delivery, Source } from "../../domain/source.ts";
import type { Storage } from "../../domain/storage.ts";
import { scopesOf } from "../../domain/authorisation.ts";
import { firstWorkspaceId, type Principal, usernameKey } from "../../domain/workspace.ts";
import { toAdd } from "../commands/source.ts";
import { byCommand } from "../recording.ts";
import type { DemoCall } from "./calls.ts";
import { colleagueNames } from "./colleagues.ts";

const sourceName = "Demo phone system";
const batchSize = 1_000;

type ReadCall = (
  value: unknown,
) => { readonly ok: true; readonly delivery: Delivery } | { readonly ok: false; readonly problem: string };

/** Brings calls in as the demo's phone system, durable once resolved. */
export type DemoPhones = (calls: readonly DemoCall[]) => Promise<void>;

/** @param readCall reads a call in the product's own format. */
export function createDemoPhones(intake: Intake, readCall: ReadCall, source: Source): DemoPhones {
  return async (calls) => {
    for (let start = 0; start < calls.length; start += batchSize) {
      const deliveries = calls.slice(start, start + batchSize).map((call) => {
        const reading = readCall(demoRecord(call));
        if (!reading.ok) throw new Error(reading.problem);
        return reading.delivery;
      });
      await intake.accept(source, deliveries);
    }
  };
}

/**
 * The demo's phone system in this database, made where it is not there yet.
 * @throws DomainError CONFLICT for a database with calls or people of somebody else, for the demo lets everybody in.
 */
export async function demoSource(storage: Storage): Promise<Source> {
  const known = (await storage.sources.list(firstWorkspaceId)).find(({ name }) => name === sourceName);
  if (known !== undefined) return known;
  const { totalCount } = await storage.calls.page(firstWorkspaceId, 0, 0);
  if (totalCount > 0 || (await storage.users.count()) > 0) {
    throw new DomainError(
      "CONFLICT",
      'This data folder or database has calls or people of its own, and the demo lets everybody in. Choose another with --data or --database, or start it with "ringback serve".',
    );
  }
  const source: Source = {
    id: randomUUID(),
    workspaceId: firstWorkspaceId,
    name: sourceName,
    kind: "generic",
    createdAtMs: Date.now(),
  };
  await storage.sources.add(...toAdd(source, randomBytes(32)));
  return source;
}

/** The demo's colleagues as people who are signed in; made where they are not there yet. */
export async function hireColleagues(storage: Storage, passwords: Passwords): Promise<readonly Principal[]> {
  let passwordHash: string | null = null;
  const people: Principal[] = [];
  for (const username of colleagueNames) {
    let user = (await storage.users.byName(usernameKey(username)))?.user;
    if (user === undefined) {
      // Nobody knows this password; in the demo nobody has to.
      passwordHash ??= await passwords.hash(randomBytes(24).toString("base64url"));
      const createdAtMs = Date.now();
      user = {
        id: randomUUID(),
        workspaceId: firstWorkspaceId,
        username,
        role: "member",
        isDisabled: false,
        createdAtMs,
      };
      const target = { id: user.id, name: username };
      const left = byCommand(firstWorkspaceId, { kind: "user-added", target, details: { role: "member" } });
      await storage.users.add(user, passwordHash, left);
    }
    people.push({
      kind: "user",
      workspaceId: firstWorkspaceId,
      userId: user.id,
      username,
      role: "member",
      scopes: scopesOf("member"),
      sessionId: "demo",
      expiresAtMs: Number.MAX_SAFE_INTEGER,
    });
  }
  return people;
}

/** A made-up call in the product's own format, as a phone system would send it. */
export function demoRecord(call: DemoCall): Readonly<Record<string, unknown>> {
  return {
    id: call.id,
    direction: call.direction,
    from: call.from,
    to: call.to,
    via: call.via,
    duration: call.durationMs,
    call_type: call.callType,
    created_at: new Date(call.createdAtMs).toISOString(),
    is_archived: call.isArchived,
    notes: call.notes,
  };
}

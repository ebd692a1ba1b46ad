import type { Call } from "../../domain/call.ts";
import { numberKey } from "../../domain/number-key.ts";
import { needsCountry } from "../../domain/phone-numbers.ts";
import { otherText, sameState, settles } from "../../domain/returns.ts";
import { type ReturnColumns, stateOfRow } from "../return-rows.ts";
import { settlingBounds, touch } from "../settling.ts";
import { addSpellings, countryOfSource } from "./call-keys.ts";
import type { Tx } from "./group-commit.ts";
import { together } from "./many-rows.ts";
import { type SetReturned, settle, toldTogether } from "./write-returns.ts";

/**
 * Makes the keys of calls anew after a country was set, in transactions of their own: a walk over the workspace's calls by their ids, of which
 * those written without a country code are read again. Calls told meanwhile are under their right key already, so the walk meets
 * each call once, and setting another country begins it anew.
 */

/** Another country was set: all calls of the workspace are to be looked at. */
export async function beginRekeying(tx: Tx, workspaceId: number, atMs: number): Promise<void> {
  await tx.run(
    `INSERT INTO key_work (workspace_id, after_id, at_ms) VALUES ($1, 0, $2)
      ON CONFLICT (workspace_id) DO UPDATE SET after_id = 0, at_ms = excluded.at_ms`,
    workspaceId,
    atMs,
  );
}

/** Does as much as fits one transaction; false when nothing was left to do. */
export async function rekeyMore(tx: Tx, workspaceId: number, set: SetReturned): Promise<boolean> {
  const work = await tx.get<WorkRow>("SELECT after_id, at_ms FROM key_work WHERE workspace_id = $1", workspaceId);
  if (work === undefined) return false;
  const end = await tx.get<{ last: number }>(endOfStep, workspaceId, work.after_id, settlingBounds.looked);
  const rows = await tx.all<KeyedCall>(nationalOnes, workspaceId, work.after_id, end?.last ?? null);
  const step = await movedCalls(tx, workspaceId, rows);
  const author = { workspaceId, actor: { kind: "system" }, atMs: work.at_ms } as const;
  await addSpellings(tx, workspaceId, step.spellings);
  const setKey = "UPDATE calls SET other = $3 WHERE workspace_id = $1 AND id = $2";
  await together(step.moved.map(({ call, key }) => tx.run(setKey, workspaceId, call.id, key)));
  const states = await toldTogether(
    tx,
    workspaceId,
    step.moved.map(({ call, key }) => ({ ...call, other: key })),
  );
  for (const { call } of step.moved) if (settles(call)) touch(tx.ledger.touched, call.other, call);
  const altered = step.moved.flatMap(({ call }, at) => {
    const state = states[at] ?? null;
    return sameState(state, stateOfRow(call)) ? [] : [{ id: call.id, state }];
  });
  await set(tx, author, altered);
  await settle(tx, author, set);
  const lastId = step.isCut ? (step.moved.at(-1)?.call.id ?? 0) : end?.last;
  if (lastId === undefined) await tx.run("DELETE FROM key_work WHERE workspace_id = $1", workspaceId);
  else await tx.run("UPDATE key_work SET after_id = $2 WHERE workspace_id = $1", workspaceId, lastId);
  return true;
}

/** The calls that have another key now, up to the bound of one transaction. */
async function movedCalls(tx: Tx, workspaceId: number, rows: readonly KeyedCall[]) {
  const countries = new Map<string | null, string | null>();
  const result: { readonly call: KeyedCall; readonly key: string | null }[] = [];
  for (const call of rows) {
    const text = otherText(call);
    if (!needsCountry(text)) continue;
    let country = countries.get(call.source);
    if (country === undefined) {
      // oxlint-disable-next-line no-await-in-loop -- once a source
      country = await countryOfSource(tx, workspaceId, call.source);
      countries.set(call.source, country);
    }
    const key = tx.numberKeys(text, country);
    if (key === call.other) continue;
    result.push({ call, key });
    if (result.length === settlingBounds.settled) break;
  }
  const spellings = result.flatMap(({ call, key }) => {
    const text = otherText(call);
    return key === null || key === numberKey(text) ? [] : [[text, key] as const];
  });
  return { moved: result, spellings, isCut: result.length === settlingBounds.settled };
}

// From calls_pkey. Without a row the walk is at its end.
const endOfStep = `SELECT max(id) AS last FROM
  (SELECT id FROM calls WHERE workspace_id = $1 AND id > $2 ORDER BY id LIMIT $3) AS step HAVING count(*) > 0`;

/** Those of the step whose number does not begin with a plus sign: nearly all of the others need no country. */
const nationalOnes = `SELECT id, direction, caller AS "from", callee AS "to", call_type AS "callType",
    created_at_ms AS "createdAtMs", other, returned_by, returned_at_ms, returned_how,
    (SELECT s.source_id FROM source_calls s WHERE s.workspace_id = calls.workspace_id AND s.call_id = calls.id LIMIT 1) AS source
  FROM calls WHERE workspace_id = $1 AND id > $2 AND id <= $3
    AND NOT starts_with(CASE direction WHEN 'inbound' THEN caller ELSE callee END, '+') ORDER BY id`;

type WorkRow = { readonly after_id: number; readonly at_ms: number };

type KeyedCall = Pick<Call, "id" | "direction" | "from" | "to" | "callType" | "createdAtMs"> &
  ReturnColumns & { readonly other: string | null; readonly source: string | null };

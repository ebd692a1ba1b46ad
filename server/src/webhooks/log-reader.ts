import { DomainError } from "../domain/errors.ts";
import type { Change, Cursor } from "../domain/change.ts";
import type { Storage } from "../domain/storage.ts";
import { deliveryOfChange, deliveryOfGap } from "../domain/webhook-payload.ts";
import type { Webhook } from "../domain/webhook.ts";

/** Changes that are read at once. */
const changesPerStep = 200;

/**
 * Reads the log on for a webhook by one step, at most `room` changes: each of its kinds becomes a delivery. Where the log was pruned before it
 * was read, one delivery says so. False when there was nothing to read.
 */
export async function readOn(
  { webhooks, changes }: Pick<Storage, "webhooks" | "changes">,
  webhook: Webhook,
  room: number,
  nowMs: number,
): Promise<boolean> {
  const { workspaceId, cursor: from, kinds } = webhook;
  const place = { workspaceId, webhookId: webhook.id };
  const head = await changes.head(workspaceId);
  if (from >= head.revision) return false;
  const batch = await read(from, Math.min(changesPerStep, room));
  if (batch === null) {
    const revision = await lastPruned(from, head);
    const gap = deliveryOfGap(webhook, { epoch: head.epoch, revision }, nowMs);
    await webhooks.take(place, { from, to: revision }, [gap]);
    return true;
  }
  const to = batch.at(-1)?.revision ?? from;
  const told = batch.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
  await webhooks.take(
    place,
    { from, to },
    told.map((change) => deliveryOfChange(webhook, change, head.epoch, nowMs)),
  );
  return true;

  /** Null where changes after the revision are no longer kept. */
  async function read(after: number, limit: number): Promise<readonly Change[] | null> {
    try {
      return await changes.after(workspaceId, after, limit);
    } catch (error) {
      if (error instanceof DomainError && error.code === "RESUME_GAP") return null;
      throw error;
    }
  }

  /** The last revision that is no longer kept, found by halves: it is asked for once in the life of a webhook, if at all. */
  async function lastPruned(cursor: number, { revision: end }: Cursor): Promise<number> {
    let [gone, kept] = [cursor, end];
    while (kept - gone > 1) {
      const middle = Math.floor((gone + kept) / 2);
      if ((await read(middle, 1)) === null) gone = middle;
      else kept = middle;
    }
    return kept;
  }
}

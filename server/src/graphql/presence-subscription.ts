import { formatCursor } from "../domain/change.ts";
import type { ChangeFeed } from "../domain/ports.ts";
import type { Presence, PresenceDesk } from "../domain/presence.ts";
import type { Principal } from "../domain/workspace.ts";
import type { LiveSubscription, SubscriptionSink } from "./core.ts";

/**
 * Payloads of `presence`, executed once for all who get the same bytes: one operation with one set of variables. They are kept as long
 * as their rows.
 */
export function createPresencePayloads() {
  const texts = new WeakMap<readonly Presence[], Map<string, string>>();
  return (rows: readonly Presence[], key: string, make: () => string): string => {
    const ofRows = texts.get(rows) ?? new Map<string, string>();
    texts.set(rows, ofRows);
    const known = ofRows.get(key);
    if (known !== undefined) return known;
    const text = make();
    ofRows.set(key, text);
    return text;
  };
}

/**
 * The subscription `presence`. It has no place in the change log; the cursor that goes with each result is where the log ended when
 * it began, and whoever comes back is told all of it anew.
 */
export async function followPresence(
  { changeFeed, presence }: { readonly changeFeed: ChangeFeed; readonly presence: PresenceDesk },
  principal: Principal,
  sink: SubscriptionSink,
  payload: (rows: readonly Presence[], cursor: string) => string,
): Promise<LiveSubscription> {
  const log = await changeFeed.follow(principal.workspaceId, null, {
    changes: () => undefined,
    failed: () => undefined,
  });
  log.stop();
  const cursor = formatCursor(log.start);
  let isOver = false;
  const stop = presence.follow(principal, (rows) => {
    if (!isOver) sink.next(payload(rows, cursor), cursor);
  });
  return {
    stop() {
      isOver = true;
      stop();
    },
  };
}

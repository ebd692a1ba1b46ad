import { formatCursor } from "../domain/change.ts";
import type { Unread } from "../domain/unread.ts";
import type { Principal } from "../domain/workspace.ts";
import type { LiveSubscription, SubscriptionSink } from "./core.ts";

/**
 * The subscription `unreadChanged`, of one person and shared with nobody. It has no place in the change log; the cursor that goes with
 * each result is where the log ended when it began, and whoever comes back is told at once that anything may have altered.
 */
export async function followUnread(
  unread: Unread,
  principal: Principal,
  sink: SubscriptionSink,
  payload: (ids: readonly string[] | null, cursor: string) => string,
): Promise<LiveSubscription> {
  let isOver = false;
  let cursor: string | null = null;
  const tell = (callIds: readonly number[] | null) => {
    if (!isOver && cursor !== null) sink.next(payload(callIds && callIds.map(String), cursor), cursor);
  };
  const stop = unread.follow(principal, tell);
  try {
    cursor = formatCursor(await unread.position(principal));
  } catch (error) {
    stop();
    throw error;
  }
  tell(null);
  return {
    stop() {
      isOver = true;
      stop();
    },
  };
}

import { createUnreadBell } from "../../server/src/changes/unread-bell.ts";
import { localWhispers } from "../../server/src/changes/whispers.ts";
import { createUnread, type Unread } from "../../server/src/domain/unread.ts";
import type { Storage } from "../../server/src/domain/storage.ts";

/** Unread calls over a storage, as a node that is alone has them. */
export function createTestUnread(storage: Storage): Unread {
  return createUnread({ storage, bell: createUnreadBell(localWhispers), clock: { now: () => 0 } });
}

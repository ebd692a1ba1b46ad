import type { CallNames, Directory } from "../domain/call-names.ts";
import { formatCursor } from "../domain/change.ts";
import type { ContactWatch } from "../domain/contact-watch.ts";
import type { ChangeFeed } from "../domain/ports.ts";
import type { LiveSubscription, SubscriptionSink } from "./core.ts";

/** What resolvers below a subscription work with. */
export type NamesContext = {
  /** New ones each time they are asked for. */
  readonly names: CallNames;
  /** Moves when names may have altered that were asked for, where they are at hand; what comes later is not to be kept. */
  stamp(): number | null;
};

export function namesContext(directory: Directory, workspaceId: number): NamesContext {
  let areShown = false;
  let areAtHand = true;
  return {
    get names() {
      areShown = true;
      return directory.names(workspaceId);
    },
    stamp() {
      if (!areShown || !areAtHand) return null;
      const revision = directory.revision(workspaceId);
      if (!(revision instanceof Promise)) return revision;
      areAtHand = false;
      revision.catch(() => undefined);
      return null;
    },
  };
}

/**
 * The subscription `contactsChanged`. It has no place in the change log; the cursor that goes with each result is where the log
 * ended when it began, and whoever comes back is told the revision anew.
 */
export async function followContacts(
  { changeFeed, contactWatch }: { readonly changeFeed: ChangeFeed; readonly contactWatch: ContactWatch },
  workspaceId: number,
  sink: SubscriptionSink,
  payload: (revision: number, cursor: string) => string,
): Promise<LiveSubscription> {
  const log = await changeFeed.follow(workspaceId, null, { changes: () => undefined, failed: () => undefined });
  log.stop();
  const cursor = formatCursor(log.start);
  let isOver = false;
  const stop = await contactWatch.follow(workspaceId, (revision) => {
    if (!isOver) sink.next(payload(revision, cursor), cursor);
  });
  return {
    stop() {
      isOver = true;
      stop();
    },
  };
}

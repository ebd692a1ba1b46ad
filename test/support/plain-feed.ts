import { DomainError } from "../../server/src/domain/errors.ts";
import type { ChangeFeed } from "../../server/src/domain/ports.ts";
import type { Storage } from "../../server/src/domain/storage.ts";

/** A change feed without any economy: each follower reads the log by itself after each commit. For tests of one part alone. */
export function createPlainFeed(storage: Storage): ChangeFeed {
  return {
    async follow(workspaceId, after, follower) {
      const head = await storage.changes.head(workspaceId);
      const start = after ?? head;
      if (start.epoch !== head.epoch) throw new DomainError("RESUME_GAP", "These changes are no longer kept.");
      if (start.revision > head.revision) throw new DomainError("BAD_USER_INPUT", "This cursor lies in the future.");
      let revision = start.revision;
      let isStopped = false;
      let reading = Promise.resolve();
      const read = async () => {
        const changes = await storage.changes.after(workspaceId, revision, 1_000);
        const last = changes.at(-1);
        if (isStopped || last === undefined) return;
        revision = last.revision;
        follower.changes(changes);
      };
      const onCommit = () => {
        reading = reading.then(read).catch((error: unknown) => follower.failed(error));
      };
      const stopListening = storage.changes.onCommit(onCommit);
      onCommit();
      return {
        start,
        stop() {
          isStopped = true;
          stopListening();
        },
      };
    },
  };
}

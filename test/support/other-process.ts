import { fork } from "node:child_process";
import { once } from "node:events";
import type { Storage } from "../../server/src/domain/storage.ts";

/** A write as plain data. `log` makes a new call, with the first note. */
export type PlainWrite =
  | { readonly kind: "log"; readonly key: string; readonly note: string; readonly startedAtMs: number }
  | { readonly kind: "note"; readonly callId: number; readonly note: string }
  | { readonly kind: "archive"; readonly callId: number };

/** Does it on a storage; resolves once it is durable. */
export async function performWrite(storage: Storage, write: PlainWrite): Promise<void> {
  const writing = { workspaceId: 1, actor: { kind: "system" }, atMs: 0 } as const;
  if (write.kind === "note") await storage.calls.addNote(writing, write.callId, write.note);
  else if (write.kind === "archive") await storage.calls.toggleArchived(writing, write.callId);
  else {
    const source = { id: "other", workspaceId: 1, name: "Other", kind: "generic", createdAtMs: 0 } as const;
    const { key, note, startedAtMs } = write;
    const facts = {
      direction: "inbound" as const,
      from: "+12025550123",
      to: "+442079460123",
      via: "+442079460123",
      startedAtMs,
      endedAtMs: null,
      durationMs: 1_000,
      callType: "answered" as const,
      isArchived: null,
      notes: [note],
    };
    const delivery = { deliveryKey: key, groupKey: key, raw: "", digest: key, facts, problem: null };
    await storage.sources.accept(source, [delivery], 0);
  }
}

/** A process of its own that writes on request to a database: the file in a folder, or that of the address unless it is empty. */
export async function startOtherProcess(folder: string, database: string) {
  const child = fork(new URL("other-process-child.ts", import.meta.url), [folder, database]);
  const waiting = new Map<number, () => void>();
  let last = 0;
  child.on("message", (message: { readonly done: number }) => {
    waiting.get(message.done)?.();
    waiting.delete(message.done);
  });
  await once(child, "message");
  return {
    /** Resolves when the other process has the write acknowledged. */
    write(write: PlainWrite): Promise<void> {
      return new Promise((resolve) => {
        last += 1;
        waiting.set(last, resolve);
        child.send({ id: last, write });
      });
    },
    async stop(): Promise<void> {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

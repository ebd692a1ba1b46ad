import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { createMemoryStorage } from "../storage/memory-model.ts";
import { readChangePage } from "./change-page.ts";
import { type CallFilter, matches } from "./filter.ts";
import { nobody, otherEndsFor } from "./other-end.ts";
import { formatCursor } from "./change.ts";

const writing = { workspaceId: 1, actor: { kind: "system" }, atMs: 0 } as const;
const words = ["ring", "back", "done"] as const;

const anyCondition: fc.Arbitrary<CallFilter> = fc.oneof(
  fc.boolean().map((is) => ({ kind: "archived", is }) as const),
  fc.boolean().map((is) => ({ kind: "hasNotes", is }) as const),
  fc.boolean().map((is) => ({ kind: "unreturned", is }) as const),
  fc.constantFrom(...words).map((word) => ({ kind: "text", words: [word] }) as const),
  fc.constantFrom(...words).map((word) => ({ kind: "tag", in: [word] }) as const),
);
const anyFilter: fc.Arbitrary<CallFilter> = fc.oneof(
  anyCondition,
  anyCondition.map((of) => ({ kind: "not", of }) as const),
  fc.array(anyCondition, { minLength: 1, maxLength: 3 }).map((of) => ({ kind: "and", of }) as const),
  fc.array(anyCondition, { minLength: 1, maxLength: 3 }).map((of) => ({ kind: "or", of }) as const),
);

type Step = {
  readonly act: "archive" | "note" | "edit" | "delete" | "tag" | "untag" | "undo" | "call back" | "retell" | "read";
  readonly at: number;
};
const anyStep: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom("archive", "note", "edit", "delete", "tag", "untag", "undo", "call back", "retell", "read"),
  at: fc.nat({ max: 50 }),
});

test("a list that is kept by filtered changes is at every reading what the filter lets through", async () => {
  await fc.assert(
    fc.asyncProperty(
      anyFilter,
      fc.array(anyStep, { maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
      async (filter, steps, first) => {
        const storage = createMemoryStorage();
        const source = { id: "pbx", workspaceId: 1, name: "pbx", kind: "generic", createdAtMs: 0 } as const;
        await storage.sources.add(source, "hash");
        await storage.sources.accept(source, [1, 2, 3].map(delivery), 0);
        let cursor = await storage.changes.head(1);
        const held = new Map<number, number>();
        let writes = 0;
        for (const call of await storage.calls.after(1, null, 100, filter)) held.set(call.id, call.revision);
        for (const { act, at } of [...steps, { act: "read", at: 0 } as const]) {
          if (act === "read") await readOn();
          else await write(act, at).catch(() => undefined); // what is refused alters nothing
        }

        async function readOn(): Promise<void> {
          for (let more = true; more;) {
            const page = await readChangePage(storage.changes, 1, formatCursor(cursor), first, {
              filter,
              calls: storage.calls,
            });
            const calls = page.changes.map(({ call }) => call);
            const others = await otherEndsFor(filter, storage.calls, 1, calls);
            for (const call of calls) {
              if (matches(filter, call, others.get(call.id) ?? nobody)) held.set(call.id, call.revision);
              else held.delete(call.id);
            }
            ({ cursor, hasMore: more } = page);
          }
          const now = await storage.calls.after(1, null, 100, filter);
          assert.deepEqual(Object.fromEntries(held), Object.fromEntries(now.map(({ id, revision }) => [id, revision])));
        }

        async function write(act: Exclude<Step["act"], "read">, at: number): Promise<unknown> {
          const callId = (at % 3) + 1;
          const content = words[at % words.length] ?? "";
          if (act === "archive") return storage.calls.toggleArchived(writing, callId);
          if (act === "note") return storage.calls.addNote(writing, callId, content);
          if (act === "tag" || act === "untag") return storage.calls.setTag(writing, callId, content, act === "tag");
          if (act === "call back" || act === "retell") {
            // Of a few calls of ours, each of which is told several times: the earliest time counts.
            const told = { direction: "outbound", from: "+442079460100", to: `+44207946000${callId}` } as const;
            const facts = { ...delivery(0).facts, ...told, startedAtMs: 100 - at };
            const keys = { deliveryKey: `b${writes}`, groupKey: `b${act === "retell" ? at % 3 : writes}` };
            writes += 1;
            return storage.sources.accept(source, [{ ...delivery(0), ...keys, facts }], 0);
          }
          if (act === "undo") return storage.calls.undo(writing, (await storage.changes.head(1)).revision - (at % 4));
          const note = (await storage.calls.find(1, callId))?.notes.at(at % 2);
          if (note === undefined) return null;
          if (act === "edit") return storage.calls.editNote(writing, note.id, content);
          return storage.calls.deleteNote(writing, note.id);
        }
      },
    ),
    { numRuns: 200 },
  );
});

function delivery(number: number) {
  return {
    deliveryKey: `d${number}`,
    groupKey: `g${number}`,
    raw: "",
    digest: `${number}`,
    problem: null,
    facts: {
      direction: "inbound" as const,
      from: `+44207946000${number}`,
      to: "+442079460100",
      via: "+442079460100",
      startedAtMs: number,
      endedAtMs: null,
      durationMs: 0,
      callType: "missed" as const,
      isArchived: false,
      notes: [],
    },
  };
}

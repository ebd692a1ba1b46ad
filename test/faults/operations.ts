import type { Storage, Writing } from "../../server/src/domain/storage.ts";
import type { Source } from "../../server/src/domain/source.ts";

/** A write whose effect is recognised later: its number is in what it leaves behind. */
export type Operation = {
  readonly number: number;
  readonly kind: "log" | "note" | "archive";
  /** The call that a note or an archiving is about. */
  readonly callId: number;
};

/** Logged before all else, so that there is something to write about. */
const callsAtFirst = 40;

const source: Source = { id: "faults", workspaceId: 1, name: "Faults", kind: "generic", createdAtMs: 0 };

/** An endless mix of writes, the same for the same seed: calls are logged now and then, the rest is about known calls. */
export function* operations(seed: number, first: number): Generator<Operation, never> {
  const random = randomNumbers(seed);
  for (let number = first; ; number++) {
    const drawn = random();
    const kind = number < callsAtFirst || drawn < 0.3 ? "log" : drawn < 0.7 ? "note" : "archive";
    yield { number, kind, callId: 1 + Math.floor(random() * callsAtFirst) };
  }
}

/** Does the write; doing it again does nothing. */
export async function perform(storage: Storage, { number, kind, callId }: Operation): Promise<void> {
  const text = `operation ${number}`;
  const writing: Writing = {
    workspaceId: 1,
    actor: { kind: "user", id: text },
    atMs: Date.now(),
    idempotency: { key: text, part: kind, fingerprint: kind },
  };
  if (kind === "archive") await storage.calls.toggleArchived(writing, callId);
  else if (kind === "note") await storage.calls.addNote(writing, callId, text);
  else await storage.sources.accept(source, [loggedBy(number, text)], Date.now());
}

/** Uniform numbers from 0 below 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function loggedBy(number: number, text: string) {
  return {
    deliveryKey: text,
    groupKey: text,
    raw: text,
    digest: text,
    problem: null,
    facts: {
      direction: null,
      from: text,
      to: "+4930",
      via: `line ${number % 3}`,
      startedAtMs: number * 977_777,
      endedAtMs: null,
      durationMs: 1_000,
      callType: null,
      isArchived: null,
      notes: number % 2 === 0 ? [`${text}, its note`] : [],
    },
  };
}

/** One generated call. Notes are newest first, as the API answers them. */
export type GeneratedCall = {
  readonly id: number;
  readonly direction: "inbound" | "outbound";
  readonly from: string;
  readonly to: string;
  readonly via: string;
  readonly durationMs: number;
  readonly callType: "answered" | "missed" | "voicemail";
  readonly isArchived: boolean;
  readonly createdAtMs: number;
  readonly notes: readonly string[];
};

/** A change to what {@link callAt} makes needs another number here, so that files made before are not taken for it. */
export const generatorVersion = 1;

const firstCallAtMs = Date.UTC(2014, 0, 6, 8);
const betweenCallsMs = 37_000;
const lines = Array.from({ length: 6 }, (_, index) => `+4420794600${String(10 + index)}`);
const remarks = [
  "Wants the quote again, with the new address.",
  "Left a message; try after lunch.",
  "Invoice 2041 is settled.",
  "Asked for Maria. She calls back tomorrow at nine.",
  "Wrong number.",
  "Delivery came damaged, photos follow by mail — replace two of the six.",
  "Happy with the offer, signs on Monday.",
  "Rückruf erbeten, spricht nur Deutsch.",
];

/**
 * Call number `index` (from 0) of the workload's data: a pure function, so that any number of calls, and any one of them,
 * can be made again anywhere. Ids are 1, 2, 3 … in the order of time; times rise strictly; 1.2 notes a call on average.
 */
export function callAt(index: number): GeneratedCall {
  const random = randomFor(index);
  const direction = random() < 0.62 ? "inbound" : "outbound";
  const line = lines[Math.floor(random() * lines.length)] ?? "";
  const other = `+1${String(201 + Math.floor(random() * 780))}555${String(100 + Math.floor(random() * 100)).padStart(4, "0")}`;
  const kind = random();
  const callType = kind < 0.61 ? "answered" : kind < 0.86 ? "missed" : "voicemail";
  const notes = noteCount(random());
  return {
    id: index + 1,
    direction,
    from: direction === "inbound" ? other : line,
    to: direction === "inbound" ? line : other,
    via: line,
    durationMs: callType === "missed" ? 0 : Math.floor(2_000 + random() ** 3 * 900_000),
    callType,
    isArchived: random() < 0.4,
    createdAtMs: firstCallAtMs + index * betweenCallsMs + Math.floor(random() * 30_000),
    notes: Array.from({ length: notes }, (_, number) => {
      const remark = remarks[Math.floor(random() * remarks.length)] ?? "";
      return `${remark} (${String(index + 1)}.${String(notes - number)})`;
    }),
  };
}

/** Calls `from` (from 0) up to but without `to`, oldest first, without holding them. */
export function* callsBetween(from: number, to: number): Generator<GeneratedCall> {
  for (let index = from; index < to; index++) yield callAt(index);
}

function noteCount(chance: number): number {
  if (chance < 0.25) return 0;
  if (chance < 0.65) return 1;
  return chance < 0.9 ? 2 : 3;
}

/** Numbers from 0 below 1 that depend on the index alone (splitmix32). */
export function randomFor(index: number): () => number {
  let state = (Math.imul(index, 0x9e3779b1) ^ 0x51ed270b) >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296;
  };
}

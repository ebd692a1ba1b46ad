import type { CallType, Direction } from "../../domain/call.ts";
import { noteText } from "./note-texts.ts";
import { customerNumber, lines, type Place } from "./numbers.ts";
import { createRandom, type Random } from "./random.ts";

/** A made-up call, as the demo's phone system reports it. */
export type DemoCall = {
  /** The phone system's own id. */
  readonly id: string;
  readonly direction: Direction;
  readonly from: string;
  readonly to: string;
  readonly via: string;
  readonly durationMs: number;
  readonly callType: CallType;
  readonly createdAtMs: number;
  readonly isArchived: boolean;
  /** Newest first. */
  readonly notes: readonly string[];
};

export type DemoOptions = {
  readonly seed: number;
  readonly nowMs: number;
  readonly count: number;
  /** How far the office's clock is ahead of UTC, in minutes: its working hours are meant in that time. */
  readonly utcOffsetMinutes: number;
};

/**
 * Calls of the year before `nowMs`, oldest first: more on a Monday than on a Friday, few at weekends, a dip at lunch, quiet
 * weeks in summer and between the years, a business that grows a little. Customers call again and again, a few of them very
 * often. The same options give the same calls.
 */
export function generateCalls({ seed, nowMs, count, utcOffsetMinutes }: DemoOptions): readonly DemoCall[] {
  const random = createRandom(seed);
  const customers = createCustomers(random);
  const offsetMs = utcOffsetMinutes * 60_000;
  const today = Math.floor((nowMs + offsetMs) / dayMs);
  const days = Array.from({ length: 365 }, (_, back) => today - back);
  const chooseDay = sampler(days.map((day, back) => dayWeight(day) * (1 - back / 1_200)));
  const chooseHour = sampler(hourWeights);
  const times: number[] = [];
  while (times.length < count) {
    const day = days[chooseDay(random)] as number;
    const atMs = day * dayMs + chooseHour(random) * hourMs + random.whole(0, hourMs - 1) - offsetMs;
    if (atMs < nowMs) times.push(atMs);
  }
  const calls = times
    .toSorted((a, b) => a - b)
    .map((createdAtMs, index) => {
      const hour = Math.floor((((createdAtMs + offsetMs) % dayMs) + dayMs) / hourMs) % 24;
      const call = createCall(customers, hour, random);
      const ageDays = (nowMs - createdAtMs) / dayMs;
      // A call cannot have lasted beyond now.
      const durationMs = Math.min(call.durationMs, Math.floor(nowMs - createdAtMs));
      return Object.assign(call, {
        id: `demo-${index + 1}`,
        durationMs,
        createdAtMs,
        isArchived: random.chance(archivedShare(ageDays, call.callType)),
        notes: notes(call.callType, call.direction, random),
      });
    });
  return withCallbacks(calls, random);
}

/** Most who are missed are called back, by the next call that somebody makes a few minutes or more later, on the same day. */
function withCallbacks(calls: readonly DemoCall[], random: Random): readonly DemoCall[] {
  const returned = [...calls];
  const used = new Set<number>();
  for (const [at, { direction, callType, from, via, createdAtMs }] of calls.entries()) {
    if (direction === "outbound" || callType === "answered" || !random.chance(0.8)) continue;
    const earliestMs = createdAtMs + random.whole(2, 20) * 60_000;
    for (let next = at + 1; next < calls.length; next += 1) {
      const call = calls[next];
      if (call === undefined || call.createdAtMs > createdAtMs + callbackMsMax) break;
      if (call.direction === "inbound" || call.createdAtMs < earliestMs || used.has(next)) continue;
      used.add(next);
      returned[next] = { ...call, from: via, to: from, via };
      break;
    }
  }
  return returned;
}

const callbackMsMax = 8 * 3_600_000;

/** Calls that come in while the demo runs, one after the other: short ones, so that they end while somebody watches. */
export function createLiveCalls({ seed, utcOffsetMinutes }: Pick<DemoOptions, "seed" | "utcOffsetMinutes">) {
  const random = createRandom(seed);
  const customers = createCustomers(random);
  let count = 0;
  return {
    /** The call that ends at `nowMs`. */
    next(nowMs: number): DemoCall {
      const hour = Math.floor(((nowMs + utcOffsetMinutes * 60_000) % dayMs) / hourMs);
      // Nobody wants to watch a closed office: at night the demo shows a morning.
      const call = createCall(customers, hourWeights[hour] === 0 ? 10 : hour, random);
      const durationMs = Math.min(call.durationMs, random.whole(8_000, 60_000));
      count += 1;
      return {
        ...call,
        id: `demo-live-${nowMs}-${count}`,
        durationMs,
        createdAtMs: nowMs - durationMs,
        isArchived: false,
        notes: [],
      };
    },
  };
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Monday to Sunday: the epoch was a Thursday. */
const weekdayWeights = [1.15, 1.05, 1, 0.98, 0.82, 0.16, 0.05];
const hourWeights = [
  0, 0, 0, 0, 0, 0.1, 0.3, 1.2, 4, 9, 11, 10, 5.5, 6.5, 9.5, 9, 7.5, 4.5, 1.8, 0.8, 0.4, 0.2, 0.1, 0,
];

function dayWeight(day: number): number {
  const date = new Date(day * dayMs);
  const season = seasonWeight(date.getUTCMonth(), date.getUTCDate());
  return (weekdayWeights[(date.getUTCDay() + 6) % 7] as number) * season;
}

function seasonWeight(month: number, date: number): number {
  if ((month === 11 && date >= 24) || (month === 0 && date === 1)) return 0.12;
  return month === 7 ? 0.8 : 1;
}

type Customers = ReturnType<typeof createCustomers>;

/** For each place a list of customers, the first of them calling most: the share falls with the rank (Zipf). */
function createCustomers(random: Random) {
  const list = (place: Place, size: number) => {
    const drawn = new Set(Array.from({ length: size }, () => customerNumber(place, random)));
    for (const { number } of lines) drawn.delete(number);
    const numbers = [...drawn];
    const choose = sampler(numbers.map((_, rank) => 1 / (rank + 4)));
    return () => numbers[choose(random)] as string;
  };
  return {
    london: list("london", 420),
    newYork: list("newYork", 340),
    paris: list("paris", 220),
    berlin: list("berlin", 200),
    sydney: list("sydney", 130),
  };
}

function createCall(customers: Customers, hour: number, random: Random) {
  const line = lines[chooseLine(random)] as (typeof lines)[number];
  // Some customers call the line of another country.
  const place = random.chance(0.93) ? line.place : random.pick(lines).place;
  const customer = customers[place]();
  const direction: Direction = random.chance(0.66) ? "inbound" : "outbound";
  const callType = chooseType(direction, hour, random);
  return {
    direction,
    from: direction === "inbound" ? customer : line.number,
    to: direction === "inbound" ? line.number : customer,
    via: line.number,
    callType,
    durationMs: duration(callType, direction, random),
  };
}

function chooseType(direction: Direction, hour: number, random: Random): CallType {
  const types: readonly CallType[] = ["answered", "missed", "voicemail"];
  const closed = hour < 8 || hour >= 18;
  const shares =
    direction === "outbound" ? [68, 22, 10] : closed ? [14, 38, 48] : hour === 12 ? [52, 33, 15] : [74, 17, 9];
  return types[random.weighted(shares)] as CallType;
}

/** Talk is log-normal (median three minutes, some over an hour); the rest is ringing, or ringing and a message. */
function duration(callType: CallType, direction: Direction, random: Random): number {
  if (callType === "answered") {
    return Math.round(Math.min(Math.max(185_000 * Math.exp(0.95 * random.normal()), 6_000), 6_900_000));
  }
  if (callType === "voicemail") return Math.round(18_000 + Math.min(26_000 * Math.exp(0.6 * random.normal()), 150_000));
  // Somebody who is called is given longer than somebody who calls waits.
  return random.whole(1_500, direction === "inbound" ? 34_000 : 58_000);
}

function archivedShare(ageDays: number, callType: CallType): number {
  const open = callType === "answered" ? 1 : 1.8;
  if (ageDays > 30) return 1 - 0.015 * open;
  if (ageDays > 7) return 1 - 0.09 * open;
  if (ageDays > 1.5) return 1 - 0.27 * open;
  return 1 - 0.46 * open;
}

function notes(callType: CallType, direction: Direction, random: Random): readonly string[] {
  const count = random.weighted(callType === "answered" ? [72, 22, 6] : [62, 28, 10]);
  return [...new Set(Array.from({ length: count }, () => noteText(callType, direction, random)))];
}

const chooseLine = sampler(lines.map(({ share }) => share));

/** Chooses a place by weight in a few steps, whatever their number: the weights are summed up once. */
function sampler(weights: readonly number[]): (random: Random) => number {
  let sum = 0;
  const bounds = weights.map((weight) => (sum += weight));
  return (random) => {
    const target = random.next() * sum;
    let low = 0;
    let high = bounds.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((bounds[middle] as number) > target) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

import type { CallType, Direction } from "./call.ts";

/** The formats that calls come in; one file each under `ingest/`. */
export type SourceKind = "generic" | "kamailio";

/** A phone system that sends calls. */
export type Source = {
  readonly id: string;
  readonly workspaceId: number;
  readonly name: string;
  readonly kind: SourceKind;
  readonly createdAtMs: number;
};

/** What one delivery says about a call. A missing fact is null and never overwrites a known one. */
export type CallFacts = {
  readonly direction: Direction | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly via: string | null;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  /** The length as the source states it; wins over `ended - started`. */
  readonly durationMs: number | null;
  readonly callType: CallType | null;
  /** Counts only when the call is first logged: what people did since is not undone. */
  readonly isArchived: boolean | null;
  /** When a person took the call. Missing is null: facts that were kept before have none. */
  readonly answeredAtMs?: number | null;
  /** Why nobody took it, where the source says so. Missing is null. */
  readonly missReason?: MissReason | null;
  /** Notes to have on the call, newest first; what the source has put there already is not added again. */
  readonly notes: readonly string[];
};

/**
 * Why a call was missed. `no-answer`: it rang until somebody or something gave up; `caller-hung-up`: the caller did; `busy`,
 * `rejected`: the called side said so; `failed`: it could not be put through.
 */
export type MissReason = (typeof missReasons)[number];
export const missReasons = ["no-answer", "caller-hung-up", "busy", "rejected", "failed"] as const;

/** One raw thing that a source sent, and what was read in it. */
export type Delivery = {
  /** The same thing again has the same key. Unique within the source. */
  readonly deliveryKey: string;
  /** The same call, another leg or state, has the same key. */
  readonly groupKey: string;
  /** What came in, as text, kept so that mapping can be run again. */
  readonly raw: string;
  /** Identifies the content: a repeat of `deliveryKey` with another digest is kept out and reported. */
  readonly digest: string;
  /** Null when nothing about a call could be read; `problem` then says why. */
  readonly facts: CallFacts | null;
  readonly problem: string | null;
};

/**
 * What became of a delivery. `new`: it logged a call. `merged`: it completed one. `duplicate`: it was here before, or told
 * nothing new. `conflicting`: the same delivery key came with other content; the first is kept. `ignored`: kept raw only.
 */
export type Verdict = {
  readonly verdict: "new" | "merged" | "duplicate" | "conflicting" | "ignored";
  readonly callId: number | null;
  readonly reason: string | null;
};

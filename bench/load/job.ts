/** What the load process is asked to do, and what it reports: plain data that passes between processes. */
export type Job = HttpJob | OpenSubscribersJob | FireJob | { readonly kind: "close-subscribers" };

/** A request as a template: its variables are filled anew for each one that is sent. */
export type Shape = {
  readonly query: string;
  readonly variables: Readonly<Record<string, Value>>;
};

export type Value =
  | number
  | string
  /** Whole numbers from 0 below `below`, plus `plus`, each once before any comes again. `text` for an ID. */
  | { readonly spread: number; readonly plus: number; readonly text?: boolean }
  /** A text that no other request has. */
  | { readonly unique: string };

export type HttpJob = {
  readonly kind: "http";
  readonly url: string;
  readonly token: string;
  readonly runMs: number;
  /** Where in the spread of variables to begin, so that runs after one another ask for different things. */
  readonly seed: number;
  /** Closed loop: each connection sends its next request when its last was answered; shapes take turns. */
  readonly closed: { readonly connections: number; readonly shapes: readonly Shape[] };
  /** Open loop beside it: so many a second whatever the answers take; latency counts from when it was due. */
  readonly paced?: { readonly perSecond: number; readonly shapes: readonly Shape[] };
};

export type HttpReport = {
  readonly seconds: number;
  readonly closed: Tally;
  readonly paced: Tally | null;
  /** From 0 to 1: how busy the load's own core was. Near 1 the server may have been faster than what was measured. */
  readonly loadBusy: number;
};

export type Tally = {
  readonly answers: number;
  readonly failures: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly bytesPerAnswer: number;
};

export type OpenSubscribersJob = {
  readonly kind: "open-subscribers";
  readonly url: string;
  readonly subprotocol: string;
  /** They take turns over the sockets. */
  readonly tokens: readonly string[];
  readonly documents: readonly string[];
  readonly count: number;
};

export type OpenSubscribersReport = { readonly seconds: number };

/** Writes that each reach every open subscriber; the note's text is what deliveries are recognised by. */
export type FireJob = {
  readonly kind: "fire";
  readonly url: string;
  readonly token: string;
  /** `$id` and `$content`. */
  readonly note: string;
  /** The calls to note: one note each, each sent as soon as the one before is answered. */
  readonly callIds: readonly string[];
};

export type FireReport = {
  readonly answeredMs: readonly number[];
  /** From sending the first until the last subscriber had the last. */
  readonly lastMs: number;
  readonly deliveries: number;
  readonly loadBusy: number;
};

import type { Dialect } from "./dialect.ts";

/** Something that can serve the workloads: our server, an alternative, or a limit that does none of the work. */
export type Target = {
  readonly name: string;
  readonly title: string;
  readonly kind: "ours" | "alternative" | "limit";
  readonly dialect: Dialect;
  /** The WebSocket subprotocols that it can be measured with; empty where it has no live updates. */
  readonly subprotocols: readonly Subprotocol[];
  /** Makes its data of so many generated calls where it is not there yet; later starts copy it. */
  prepare(calls: number): Promise<void>;
  /** Starts it on a fresh copy of that data and resolves when it answers. */
  start(calls: number): Promise<Running>;
};

/** Both protocols that the documented API speaks: the modern one, and that of subscriptions-transport-ws. */
export type Subprotocol = "graphql-transport-ws" | "graphql-ws";

/** A started target. Whoever started it stops it. */
export type Running = {
  /** The processes to account for; their descendants are counted with them. */
  readonly pids: readonly number[];
  readonly url: string;
  readonly socketUrl: string;
  /** Milliseconds from spawning the process to its first good answer to a page of ten. */
  readonly startMs: number;
  /** Access tokens, enough for `sockets` WebSockets at once; the first serves for HTTP. */
  tokens(sockets: number): Promise<readonly string[]>;
  stop(): Promise<void>;
};

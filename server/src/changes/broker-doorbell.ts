import { setTimeout as pause } from "node:timers/promises";
import { DomainError } from "../domain/errors.ts";
import type { Doorbell, Log } from "../domain/ports.ts";
import { createLocalDoorbell } from "./local-doorbell.ts";
import { isWhisper, type Whisper, type Whispers } from "./whispers.ts";

/** Whispers that wait to be sent, at most: more are lost. */
const whispersMax = 10_000;

/** The newest revision of each workspace that has to be announced. */
export type Rings = ReadonlyMap<number, number>;

/** One connection to a broker, from when it stands until it is lost or closed. It is never used again afterwards. */
export type Line = {
  /** Asks for the rings of a workspace; resolves once they arrive. Null where they all arrive anyway. */
  listen(workspaceId: number): Promise<void> | null;
  unlisten(workspaceId: number): void;
  /** Asks for the whispers of all workspaces; resolves once they arrive. */
  overhear(): Promise<void>;
  /** Resolves once the broker has taken all of it, and answers without any as well: that shows that it is there. */
  send(rings: Rings, whispers: readonly Whisper[]): Promise<void>;
  /** Resolves with the reason once the connection is gone. Never rejects. */
  readonly lost: Promise<unknown>;
  /** Ends it, whatever is under way. Bounded in time, never throws. */
  close(): Promise<void>;
};

/** What comes from other nodes. */
export type Hearing = {
  ring(workspaceId: number, revision: number): void;
  whisper(whisper: Whisper): void;
};

/**
 * Connects to a broker, or gives up within seconds. `hearing` is told of each ring and whisper of another node.
 * @throws DomainError BAD_CONFIGURATION when the broker answers and refuses us: waiting would not help.
 */
export type Dial = (hearing: Hearing) => Promise<Line>;

export type BrokerDoorbellDeps = {
  readonly dial: Dial;
  readonly log: Pick<Log, "info" | "warn">;
  /** What the broker is called in the log, without its secrets. */
  readonly broker: string;
  /** The longest wait between two attempts to connect; the first is 50 ms, and each doubles the one before. */
  readonly backOffMaxMs?: number;
  /** How long a quiet connection is trusted, and how long an answer may take. */
  readonly heartbeatMs?: number;
};

/** A doorbell that holds a connection. */
export type OpenDoorbell = Doorbell & {
  /** Over the same connection. */
  readonly whispers: Whispers;
  /** Hangs up and stays silent. Bounded in time, never throws. */
  close(): Promise<void>;
};

/**
 * A doorbell between nodes over one connection to a broker, which may lose anything and be away at any time. Rings of this
 * process are heard here within `ring`, broker or not. Others hear the newest revision of a workspace; those that came while
 * one was on its way are passed over, so there is at most one on its way for each workspace and one waiting.
 *
 * A lost connection is made again for ever. A listener is told to look (a ring with `Infinity`) from when the rings of others
 * reach it: soon after it has begun to listen, and after each loss, since nobody knows what was rung meanwhile.
 *
 * Resolves after the first attempt, whether or not the broker was there.
 * @throws DomainError BAD_CONFIGURATION when the broker refuses us at the first attempt.
 */
export async function openBrokerDoorbell({
  dial,
  log,
  broker,
  backOffMaxMs = 1_000,
  heartbeatMs = 5_000,
}: BrokerDoorbellDeps): Promise<OpenDoorbell> {
  const local = createLocalDoorbell();
  const counts = new Map<number, number>();
  const closing = new AbortController();
  const listeners = new Set<(whisper: Whisper | null) => void>();
  let waiting = new Map<number, number>();
  let whispering: Whisper[] = [];
  /** The line that whispers arrive over. */
  let overheard: Line | null = null;
  let line: Line | null = null;
  let hangUp: (reason: unknown) => void = () => {};
  let isSending = false;
  let isAway = false;

  const first = await attempt(true);
  const serving = serve(first);

  return {
    ring(workspaceId, revision) {
      local.ring(workspaceId, revision);
      if (closing.signal.aborted) return;
      waiting.set(workspaceId, Math.max(revision, waiting.get(workspaceId) ?? 0));
      void send();
    },

    listen(workspaceId, listener) {
      const unlisten = local.listen(workspaceId, listener);
      const count = counts.get(workspaceId) ?? 0;
      counts.set(workspaceId, count + 1);
      if (count === 0 && line !== null) void subscribe(line, workspaceId);
      let isListening = true;
      return () => {
        unlisten();
        if (!isListening) return;
        isListening = false;
        const left = (counts.get(workspaceId) ?? 1) - 1;
        if (left > 0) counts.set(workspaceId, left);
        else {
          counts.delete(workspaceId);
          line?.unlisten(workspaceId);
        }
      };
    },

    whispers: {
      whisper(whisper) {
        // While the broker is away they are lost: they would be old when it is back.
        if (line === null || whispering.length >= whispersMax || !isWhisper(whisper)) return;
        whispering.push(whisper);
        void send();
      },
      listen(listener) {
        const own = (whisper: Whisper | null) => listener(whisper);
        listeners.add(own);
        if (line !== null) {
          if (overheard === line) own(null);
          else if (listeners.size === 1) void overhear(line);
        }
        return () => void listeners.delete(own);
      },
    },

    async close() {
      closing.abort();
      waiting.clear();
      listeners.clear();
      hangUp(null);
      await serving;
    },
  };

  /** The loop of a life: connect, use it until it is lost, wait, again. */
  async function serve(opened: Line | null): Promise<void> {
    let next = opened;
    let waitMs = 50;
    for (;;) {
      if (next !== null) {
        const since = performance.now();
        await use(next);
        if (performance.now() - since > backOffMaxMs) waitMs = 50; // not for one that is lost as soon as it stands
      }
      if (closing.signal.aborted) return;
      // Up to a half more, so that the nodes do not all come at once when the broker is back.
      await pause(waitMs * (1 + Math.random() / 2), undefined, { signal: closing.signal }).catch(() => undefined);
      if (closing.signal.aborted) return;
      waitMs = Math.min(2 * waitMs, backOffMaxMs);
      next = await attempt(false);
    }
  }

  async function attempt(isFirst: boolean): Promise<Line | null> {
    try {
      return await dial({ ring: (workspaceId, revision) => local.ring(workspaceId, revision), whisper: tell });
    } catch (error) {
      if (isFirst && error instanceof DomainError && error.code === "BAD_CONFIGURATION") throw error;
      away(error);
      return null;
    }
  }

  async function use(opened: Line): Promise<void> {
    const hungUp = Promise.withResolvers<unknown>();
    hangUp = hungUp.resolve;
    line = opened;
    if (closing.signal.aborted) hangUp(null);
    if (isAway) log.info({ broker }, "the broker that tells of changes is back");
    isAway = false;
    for (const workspaceId of counts.keys()) void subscribe(opened, workspaceId);
    if (listeners.size > 0) void overhear(opened);
    void send();
    const heartbeat = setInterval(() => void check(opened), heartbeatMs);
    heartbeat.unref();
    const reason = await Promise.race([opened.lost, hungUp.promise]);
    clearInterval(heartbeat);
    line = null;
    whispering = [];
    hangUp = () => {};
    await opened.close();
    if (!closing.signal.aborted) away(reason);
  }

  /** Said once until it is back. */
  function away(reason: unknown): void {
    if (!isAway) {
      log.warn({ err: reason, broker }, "the broker that tells of changes is away; they arrive up to a second later");
    }
    isAway = true;
  }

  async function subscribe(on: Line, workspaceId: number): Promise<void> {
    try {
      const subscribed = on.listen(workspaceId);
      if (subscribed !== null) await answered(subscribed);
      if (on === line) local.ring(workspaceId, Infinity); // for what was rung before rings arrived here
    } catch (error) {
      if (on === line) hangUp(error);
    }
  }

  function tell(whisper: Whisper | null): void {
    for (const listener of listeners) listener(whisper);
  }

  async function overhear(on: Line): Promise<void> {
    try {
      await answered(on.overhear());
      if (on !== line) return;
      overheard = on;
      tell(null); // for what was whispered before whispers arrived here
    } catch (error) {
      if (on === line) hangUp(error);
    }
  }

  async function send(): Promise<void> {
    if (isSending) return;
    isSending = true;
    await turn(); // commits of one turn share a ring
    for (;;) {
      const on = line;
      if (on === null || (waiting.size === 0 && whispering.length === 0)) break;
      const rings = waiting;
      const whispers = whispering;
      waiting = new Map();
      whispering = [];
      try {
        await answered(on.send(rings, whispers));
      } catch (error) {
        for (const [workspaceId, revision] of rings) {
          waiting.set(workspaceId, Math.max(revision, waiting.get(workspaceId) ?? 0));
        }
        if (on === line) {
          hangUp(error);
          break;
        }
      }
    }
    isSending = false;
  }

  async function check(on: Line): Promise<void> {
    if (isSending) return; // what is being sent is waited for no longer
    try {
      await answered(on.send(new Map(), []));
    } catch (error) {
      if (on === line) hangUp(error);
    }
  }

  /** The same, or an error when there is no answer in time. */
  async function answered<T>(answer: Promise<T>): Promise<T> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new Error(`no answer for ${heartbeatMs} ms`)), heartbeatMs);
    timer.unref();
    try {
      return await Promise.race([answer, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

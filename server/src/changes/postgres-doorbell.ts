import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { DomainError } from "../domain/errors.ts";
import type { Log } from "../domain/ports.ts";
import {
  type BrokerDoorbellDeps,
  type Dial,
  type Rings,
  openBrokerDoorbell,
  type OpenDoorbell,
} from "./broker-doorbell.ts";
import type { PostgresAddress } from "./doorbell-address.ts";
import type { Whisper } from "./whispers.ts";

const channel = "ringback_doorbell";
const whisperChannel = "ringback_whispers";

/** For how long the first answer of a server is waited for, in milliseconds. */
const answerMs = 3_000;

/** Bytes of a notification at most; PostgreSQL refuses 8,000 and more (NOTIFY, "payload"). */
const payloadBytesMax = 7_500;
/** Of whispers alone. The longest one, of characters that JSON writes as six, still fits. */
const whisperPayloadBytesMax = 7_500 - 64;

/**
 * The doorbell over PostgreSQL's LISTEN and NOTIFY, on a connection of its own: outside the transactions of writes, because
 * NOTIFY takes a lock of the whole server when it commits. One channel, `ringback_doorbell`; each notification is the node's
 * id and then, for each workspace that it has news of, `<workspace>:<revision>`. Whispers have the channel `ringback_whispers`: a JSON list
 * of the node's id and then workspaces and messages in turn. What else it promises:
 * {@link openBrokerDoorbell}. A pooler that hands one connection to many in turn (transaction pooling) must not stand in between.
 * @throws DomainError BAD_CONFIGURATION when the server answers and refuses us.
 */
export function openPostgresDoorbell(
  address: PostgresAddress,
  log: Pick<Log, "info" | "warn">,
  more: Pick<BrokerDoorbellDeps, "backOffMaxMs" | "heartbeatMs"> = {},
): Promise<OpenDoorbell> {
  const broker = `postgres://${address.shown}`;
  return openBrokerDoorbell({ ...more, dial: postgresDial(address, broker), log, broker });
}

function postgresDial(address: PostgresAddress, broker: string): Dial {
  const node = randomUUID();

  return async (hearing) => {
    const lost = Promise.withResolvers<unknown>();
    // The library's own `listen` makes its connection again by itself, without end and even after `end`; so what it is
    // built on is used: the option `onnotify`, which the published types leave out.
    const options = {
      max: 1,
      fetch_types: false,
      prepare: false,
      connect_timeout: 2,
      idle_timeout: 0,
      max_lifetime: null,
      onnotice: () => {},
      onclose: () => lost.resolve(new Error("the connection was closed")),
      onnotify(from: string, payload: string) {
        if (from === whisperChannel) for (const whisper of whispersOf(node, payload)) hearing.whisper(whisper);
        if (from !== channel) return;
        const [sender, ...rings] = payload.split(" ");
        if (sender === node) return;
        for (const ring of rings) {
          const [, workspaceId, revision] = /^(\d{1,16}):(\d{1,16})$/.exec(ring) ?? [];
          if (workspaceId !== undefined) hearing.ring(Number(workspaceId), Number(revision));
        }
      },
      connection: { application_name: "ringback doorbell" },
    };
    const sql = postgres(address.url, options);
    const notify = (name: string, payloads: readonly string[]) =>
      sql`SELECT pg_notify(${name}, payload) FROM unnest(string_to_array(${payloads.join("\n")}, chr(10))) AS payload`;
    const close = () => sql.end({ timeout: 0 }).catch(() => undefined);
    try {
      await inTime(sql.unsafe(`LISTEN ${channel}`));
    } catch (error) {
      void close();
      const reason = refusal(error);
      if (reason === null) throw error;
      throw new DomainError("BAD_CONFIGURATION", `The PostgreSQL server at ${broker} ${reason}.`, { cause: error });
    }
    return {
      lost: lost.promise,
      listen: () => null,
      unlisten() {},
      async overhear() {
        await sql.unsafe(`LISTEN ${whisperChannel}`);
      },
      async send(rings, whispers) {
        // Without a ring it is a question that has to be answered: there are no rows then.
        await notify(channel, payloadsOf(node, rings));
        if (whispers.length > 0) await notify(whisperChannel, whisperPayloadsOf(node, whispers));
      },
      close,
    };
  };
}

/** A server that is frozen or cut off says nothing, and the library waits for it without end: so that it is given up. */
async function inTime<T>(answer: PromiseLike<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`no answer for ${answerMs} ms`)), answerMs);
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** As few notifications as the rings fit in. */
function payloadsOf(node: string, rings: Rings): string[] {
  const payloads: string[] = [];
  let payload = node;
  for (const [workspaceId, revision] of rings) {
    const ring = ` ${workspaceId}:${revision}`;
    if (payload.length + ring.length > payloadBytesMax) {
      payloads.push(payload);
      payload = node;
    }
    payload += ring;
  }
  if (payload !== node) payloads.push(payload);
  return payloads;
}

/** The same for whispers. JSON has no line breaks of its own. */
function whisperPayloadsOf(node: string, whispers: readonly Whisper[]): string[] {
  const payloads: string[] = [];
  let parts: string[] = [];
  let bytes = 0;
  for (const { workspaceId, message } of whispers) {
    const part = `${workspaceId},${JSON.stringify(message)}`;
    const size = Buffer.byteLength(part) + 1;
    if (bytes + size > whisperPayloadBytesMax && parts.length > 0) {
      payloads.push(`["${node}",${parts.join(",")}]`);
      [parts, bytes] = [[], 0];
    }
    parts.push(part);
    bytes += size;
  }
  return [...payloads, `["${node}",${parts.join(",")}]`];
}

/** What others whisper; nothing for what is none. */
function whispersOf(node: string, payload: string): readonly Whisper[] {
  let list: unknown;
  try {
    list = JSON.parse(payload);
  } catch {
    return [];
  }
  if (!Array.isArray(list) || list[0] === node) return [];
  const whispers: Whisper[] = [];
  for (let at = 1; at + 1 < list.length; at += 2) {
    const [workspaceId, message] = [list[at], list[at + 1]] as readonly unknown[];
    if (typeof workspaceId === "number" && typeof message === "string") whispers.push({ workspaceId, message });
  }
  return whispers;
}

/** Why trying again would not help, or null when it may. The codes: PostgreSQL, Appendix A. */
function refusal(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code.startsWith("28")) return "refuses the name and password of the address";
  if (code === "3D000") return "has no such database";
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code) ? `has a certificate that is not trusted (${code})` : null;
}

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

const channel = "ringback_doorbell";

/** Bytes of a notification at most; PostgreSQL refuses 8,000 and more (NOTIFY, "payload"). */
const payloadBytesMax = 7_500;

/**
 * The doorbell over PostgreSQL's LISTEN and NOTIFY, on a connection of its own: outside the transactions of writes, because
 * NOTIFY takes a lock of the whole server when it commits. One channel, `ringback_doorbell`; each notification is the node's
 * id and then, for each workspace that it has news of, `<workspace>:<revision>`. What else it promises:
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

  return async (hear) => {
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
        if (from !== channel) return;
        const [sender, ...rings] = payload.split(" ");
        if (sender === node) return;
        for (const ring of rings) {
          const [, workspaceId, revision] = /^(\d{1,16}):(\d{1,16})$/.exec(ring) ?? [];
          if (workspaceId !== undefined) hear(Number(workspaceId), Number(revision));
        }
      },
      connection: { application_name: "ringback doorbell" },
    };
    const sql = postgres(address.url, options);
    const close = () => sql.end({ timeout: 0 }).catch(() => undefined);
    try {
      await sql.unsafe(`LISTEN ${channel}`);
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
      async send(rings) {
        // Without a ring it is a question that has to be answered: there are no rows then.
        const payloads = payloadsOf(node, rings).join("\n");
        await sql`SELECT pg_notify(${channel}, payload) FROM unnest(string_to_array(${payloads}, chr(10))) AS payload`;
      },
      close,
    };
  };
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

/** Why trying again would not help, or null when it may. The codes: PostgreSQL, Appendix A. */
function refusal(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code.startsWith("28")) return "refuses the name and password of the address";
  if (code === "3D000") return "has no such database";
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code) ? `has a certificate that is not trusted (${code})` : null;
}

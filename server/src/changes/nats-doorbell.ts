import { connect, errors, type NatsConnection, type Subscription } from "@nats-io/transport-node";
import { DomainError } from "../domain/errors.ts";
import type { Log } from "../domain/ports.ts";
import { type BrokerDoorbellDeps, type Dial, openBrokerDoorbell, type OpenDoorbell } from "./broker-doorbell.ts";
import type { DoorbellAddress } from "./doorbell-address.ts";
import { whisperBytesMax } from "./whispers.ts";

export type NatsAddress = Extract<DoorbellAddress, { kind: "nats" }>;

/**
 * The doorbell over NATS: one subject a workspace, `<prefix>.doorbell.<workspace>`, with the revision in decimal digits. A node
 * hears of the workspaces that somebody here listens for, and of no other. Whispers have `<prefix>.whisper.<workspace>`, and those of
 * all workspaces are heard. What else it promises: {@link openBrokerDoorbell}.
 * @throws DomainError BAD_CONFIGURATION when the broker answers and refuses us.
 */
export function openNatsDoorbell(
  address: NatsAddress,
  log: Pick<Log, "info" | "warn">,
  more: Pick<BrokerDoorbellDeps, "backOffMaxMs" | "heartbeatMs"> = {},
): Promise<OpenDoorbell> {
  const broker = `${address.tls ? "tls" : "nats"}://${address.servers.join(",")}/${address.prefix}`;
  return openBrokerDoorbell({ ...more, dial: natsDial(address, broker, log), log, broker });
}

function natsDial(address: NatsAddress, broker: string, log: Pick<Log, "warn">): Dial {
  const subjectOf = (workspaceId: number) => `${address.prefix}.doorbell.${workspaceId}`;

  const whisperOf = (workspaceId: number | "*") => `${address.prefix}.whisper.${workspaceId}`;

  return async (hearing) => {
    const nats = await connected(address, broker);
    const subscriptions = new Map<number, Subscription>();
    void tellTrouble(nats, broker, log);
    return {
      lost: nats.closed().then((error) => error ?? new Error("the broker closed the connection")),

      listen(workspaceId) {
        const subscription = nats.subscribe(subjectOf(workspaceId), {
          callback(error, message) {
            if (error !== null) return; // not permitted: told as trouble of the connection
            const revision = /^\d{1,16}$/.test(message.string()) ? Number(message.string()) : 0;
            if (revision > 0) hearing.ring(workspaceId, revision);
          },
        });
        subscriptions.set(workspaceId, subscription);
        return nats.flush();
      },

      unlisten(workspaceId) {
        subscriptions.get(workspaceId)?.unsubscribe();
        subscriptions.delete(workspaceId);
      },

      overhear() {
        nats.subscribe(whisperOf("*"), {
          callback(error, message) {
            if (error !== null) return; // likewise
            const [, workspaceId = ""] = /\.(\d{1,16})$/.exec(message.subject) ?? [];
            if (workspaceId !== "" && message.data.length <= whisperBytesMax) {
              hearing.whisper({ workspaceId: Number(workspaceId), message: message.string() });
            }
          },
        });
        return nats.flush();
      },

      send(rings, whispers) {
        for (const { workspaceId, message } of whispers) nats.publish(whisperOf(workspaceId), message);
        for (const [workspaceId, revision] of rings) nats.publish(subjectOf(workspaceId), String(revision));
        return nats.flush();
      },

      close: () => nats.close().catch(() => undefined),
    };
  };
}

async function connected(address: NatsAddress, broker: string): Promise<NatsConnection> {
  const { servers, tls, credentials } = address;
  try {
    return await connect({
      servers: [...servers],
      ...credentials,
      ...(tls && { tls: {} }),
      name: "ringback",
      timeout: 2_000,
      // One connection, one life: a lost one is replaced by whoever dialled, which then knows that rings were missed, and
      // while there is none nothing is queued in it.
      reconnect: false,
      noEcho: true,
    });
  } catch (error) {
    const reason = refusal(error);
    if (reason === null) throw error;
    throw new DomainError("BAD_CONFIGURATION", `The NATS server at ${broker} ${reason}.`, { cause: error });
  }
}

/** Why trying again would not help, or null when it may. */
function refusal(error: unknown): string | null {
  if (error instanceof errors.AuthorizationError) return "refuses the name and password (or the token) of the address";
  if (error instanceof errors.InvalidArgumentError && error.message.includes("tls")) return "does not speak TLS";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code) ? `has a certificate that is not trusted (${code})` : null;
}

/** What the broker objects to while the connection stands: a subject that we may not use, mostly. */
async function tellTrouble(nats: NatsConnection, broker: string, log: Pick<Log, "warn">): Promise<void> {
  const told = new Set<string>();
  for await (const status of nats.status()) {
    if (status.type !== "error" || told.has(status.error.message) || told.size >= 20) continue;
    told.add(status.error.message);
    log.warn({ err: status.error, broker }, "the broker that tells of changes objects");
  }
}

import type { NumberKeys } from "../../domain/number-key.ts";
import { storageClosed } from "../answers.ts";
import type { Client } from "./client.ts";
import { translate } from "./errors.ts";
import { commitGroup, type Lane, type Tx } from "./group-commit.ts";

/** Takes writes and commits them in groups. */
export type Writer = {
  /**
   * Asks for a write; resolves once it is durable. Writes of one lane are done in the order of asking; lanes side by side, as
   * far as there are connections. @throws DomainError as the write itself, or as the database fails.
   */
  run<T>(lane: Lane, write: (tx: Tx) => Promise<T>): Promise<T>;
  /** Resolves when what was asked for is done; afterwards every write fails. */
  close(): Promise<void>;
};

/** Bounds how long the first of a group waits for the last. */
const writesPerGroupMax = 256;

type Waiting = {
  readonly write: (tx: Tx) => Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
};

/**
 * @param clients one connection each, which nobody else uses.
 * @param committed is told of each workspace that a durable commit moved, after the writes of that commit have been answered.
 */
export function createWriter(
  clients: readonly Client[],
  committed: (workspaceId: number, revision: number) => void,
  numberKeys: NumberKeys,
): Writer {
  const lanes = new Map<Lane, Waiting[]>();
  const idle = [...clients];
  const wanting: ((client: Client) => void)[] = [];
  let isClosing = false;
  const done = Promise.withResolvers<void>();

  return {
    run<T>(lane: Lane, write: (tx: Tx) => Promise<T>) {
      if (isClosing) return Promise.reject(storageClosed());
      const answer = Promise.withResolvers<unknown>();
      const job: Waiting = { write, resolve: answer.resolve, reject: answer.reject };
      const queue = lanes.get(lane);
      if (queue === undefined) {
        lanes.set(lane, [job]);
        void drain(lane);
      } else queue.push(job);
      return answer.promise as Promise<T>;
    },
    close() {
      isClosing = true;
      if (lanes.size === 0) done.resolve();
      return done.promise;
    },
  };

  async function drain(lane: Lane): Promise<void> {
    const client = idle.pop() ?? (await new Promise<Client>((resolve) => wanting.push(resolve)));
    // What is asked for in the same turn goes along.
    await Promise.resolve();
    const group = lanes.get(lane)?.splice(0, writesPerGroupMax) ?? [];
    await settle(client, lane, group);
    const next = wanting.shift();
    if (next === undefined) idle.push(client);
    else next(client);
    // The lane goes to the end of the line: one that is always busy does not keep the others waiting.
    if ((lanes.get(lane)?.length ?? 0) > 0) void drain(lane);
    else {
      lanes.delete(lane);
      if (isClosing && lanes.size === 0) done.resolve();
    }
  }

  async function settle(client: Client, lane: Lane, group: readonly Waiting[]): Promise<void> {
    try {
      const { outcomes, revision } = await commitGroup(
        client,
        lane,
        group.map(({ write }) => write),
        numberKeys,
      );
      for (const [at, outcome] of outcomes.entries()) {
        if ("error" in outcome) group[at]?.reject(outcome.error);
        else group[at]?.resolve(outcome.value);
      }
      if (lane !== null && revision !== null) committed(lane, revision);
    } catch (error) {
      for (const job of group) job.reject(translate(error));
    }
  }
}

import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { DomainError } from "../../domain/errors.ts";
import { assertDurable, foldLog, openForWriting } from "./connection.ts";
import { loadNumberKeys } from "./number-plans-module.ts";
import { translate } from "./errors.ts";
import { type Committed, createGroupCommit, type Outcome } from "./group-commit.ts";
import type { Answer, AskedWrite, FailureMessage, FromWriter, ToWriter, WriterInput } from "./writer.ts";
import { createWrites, type Write } from "./writes.ts";

/**
 * The writing thread: the one place of this process that writes. It takes what waits on its port, commits it as one group and
 * answers, again and again; a lone write is committed at once, and what arrives meanwhile makes the next group.
 */

/** Bounds how long the first of a group waits for the last; the writes of one message are not divided. */
const writesPerGroupMax = 256;

/** The log is folded in the first pause after so many commits in a row of a few writes each: about a thousand pages. */
const commitsPerFold = 64;
/** Above it somebody waits at each commit, and there is no pause to fold in: SQLite does it then, more at once. */
const writesOfFew = 8;

const port = parentPort;
if (port === null) throw new Error("The writer runs as a worker thread.");

const { file, numberPlans } = workerData as WriterInput;
const numberKeys = await loadNumberKeys(numberPlans);
const db = open(file);
if (db !== null) {
  const { ledger, hasMore, writes } = createWrites(db, numberKeys);
  let isSettling = false;
  /** Whether it was told that settling fails; until it goes on it is not told again. */
  let isTold = false;
  let commitsToFold = 0;
  const group = createGroupCommit(db, ledger);
  send({ kind: "ready", durability: assertDurable(db) });
  settleLater();
  port.on("message", (first: ToWriter) => {
    const waiting: AskedWrite[] = [];
    let isClosing = take(first);
    while (!isClosing && waiting.length < writesPerGroupMax) {
      const next: { readonly message: ToWriter } | undefined = receiveMessageOnPort(port);
      if (next === undefined) break;
      isClosing = take(next.message);
    }
    if (waiting.length > 0) {
      const { outcomes, moved } = group.run(
        waiting.map(
          ({ write }) =>
            () =>
              perform(write),
        ),
      );
      tell(
        outcomes.map((outcome, at) => answerOf(waiting[at]?.id ?? 0, outcome)),
        moved,
      );
      commitsToFold = waiting.length > writesOfFew ? 0 : commitsToFold + 1;
    }
    if (isClosing) {
      db.close();
      port.close();
    } else {
      settleLater();
      if (commitsToFold >= commitsPerFold) foldInPause();
    }

    /** Whether it asks to close. */
    function take(message: ToWriter): boolean {
      if (message.kind === "writes") for (const write of message.writes) waiting.push(write);
      return message.kind === "close";
    }
  });

  /** Nobody waits for it unless the next write comes in the few milliseconds that it takes. */
  function foldInPause(): void {
    setImmediate(() => {
      if (db?.isOpen !== true || commitsToFold < commitsPerFold) return;
      commitsToFold = 0;
      try {
        foldLog(db);
      } catch {
        // Everything is in the log still, durable, and is folded later: so does SQLite where a commit comes to it.
      }
    });
  }

  /**
   * What was too much for one transaction gets its own ones, and whatever waits on the port its turn between them. Where it fails it stays in
   * the database, and is tried again after the next write.
   */
  function settleLater(): void {
    if (isSettling || group.refusal() !== null || !hasMore()) return;
    isSettling = true;
    setImmediate(() => {
      isSettling = false;
      if (db?.isOpen !== true) return;
      const { outcomes, moved } = group.run([writes.settleMore]);
      tell([], moved);
      const failure = outcomes.find((outcome) => "error" in outcome);
      if (failure !== undefined && !isTold) send({ kind: "unsettled", error: failureOf(failure.error) });
      isTold = failure !== undefined;
      if (!isTold) settleLater();
    });
  }

  function tell(answers: readonly Answer[], moved: Committed["moved"]): void {
    const refusal = group.refusal();
    send({ kind: "committed", answers, moved, refusal: refusal === null ? null : failureOf(refusal) });
  }

  function perform({ name, args }: Write): unknown {
    const write = writes[name] as (...args: readonly unknown[]) => unknown;
    return write(...args);
  }
}

function open(file: string): ReturnType<typeof openForWriting> | null {
  try {
    return openForWriting(file);
  } catch (error) {
    send({ kind: "failed", error: failureOf(translate(error)) });
    return null;
  }
}

function answerOf(id: number, outcome: Outcome): Answer {
  return "error" in outcome ? { id, error: failureOf(outcome.error) } : { id, value: outcome.value };
}

function send(message: FromWriter): void {
  port?.postMessage(message);
}

/** Errors lose their class between threads: what is needed to make them anew. */
function failureOf(error: unknown): FailureMessage {
  if (error instanceof DomainError) {
    const { code, message, field, call, cause } = error;
    return { code, message, field, call, cause: cause instanceof Error ? cause.message : undefined };
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { code: null, message, cause: stack };
}

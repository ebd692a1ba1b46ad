/*
 * Events as text (HTML standard, section 9.2.6 "Interpreting an event stream") under the names that the protocol "GraphQL over
 * Server-Sent Events", distinct connections mode, gives them. Payloads are JSON as we write it: one line.
 */

/** A result. With a cursor, a client that comes back sends it as `Last-Event-ID`. */
export function nextEvent(payload: Buffer, cursor: string | null): Buffer {
  const head = cursor === null ? "event: next\ndata: " : `id: ${cursor}\nevent: next\ndata: `;
  return Buffer.concat([Buffer.from(head), payload, eventEnd]);
}

/** The operation is over: nothing follows, and there is no reason to come back. */
export const completeEvent = Buffer.from("event: complete\ndata:\n\n");

/** Moves what a client will send as `Last-Event-ID` without an event: there is no data. */
export function positionEvent(cursor: string): Buffer {
  return Buffer.from(`id: ${cursor}\n\n`);
}

/** A line that clients skip. @param text one line */
export function comment(text: string): Buffer {
  return Buffer.from(`: ${text}\n\n`);
}

const eventEnd = Buffer.from("\n\n");

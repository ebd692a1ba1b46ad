import { callAnswer } from "./answers.ts";
import { callsBetween } from "./calls.ts";

const callsPerPiece = 500;

/** The first `count` generated calls as NDJSON for `ringback import`, oldest first, in pieces of some hundred lines. */
export function* ndjson(count: number): Generator<string> {
  let lines: string[] = [];
  for (const call of callsBetween(0, count)) {
    const { notes, ...fields } = callAnswer(call);
    lines.push(JSON.stringify({ ...fields, notes: notes.map(({ content }) => content) }));
    if (lines.length === callsPerPiece) {
      yield `${lines.join("\n")}\n`;
      lines = [];
    }
  }
  if (lines.length > 0) yield `${lines.join("\n")}\n`;
}

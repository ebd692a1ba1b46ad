import type { Entry } from "./entry.ts";
import type { Line } from "./lines.ts";

/** One JSON value a line (NDJSON, also called JSON Lines). Blank lines are passed over. */
export async function* readNdjson(lines: AsyncIterable<readonly Line[]>): AsyncGenerator<readonly Entry[]> {
  for await (const group of lines) {
    yield group.filter(({ text, problem }) => problem !== null || text.trim() !== "").map(entryOf);
  }
}

function entryOf({ number, text, problem }: Line): Entry {
  if (problem !== null) return { line: number, problem: `This line ${problem}.` };
  try {
    return { line: number, value: JSON.parse(text) as unknown, raw: text.trim() };
  } catch {
    return { line: number, problem: "This line is not JSON." };
  }
}

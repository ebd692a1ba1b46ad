import { deepStrictEqual } from "node:assert";
import { callAnswer, pageAnswer } from "./data/answers.ts";
import { callAt } from "./data/calls.ts";
import { ask } from "./targets/ask.ts";
import type { Running, Target } from "./targets/target.ts";

const pagesChecked = 12;
const callsChecked = 12;

/**
 * Holds what a target answers against the answers that the generated calls make, so that all targets that pass answer alike.
 * @throws AssertionError with the first difference.
 */
export async function checkAnswers(target: Target, running: Running, calls: number): Promise<void> {
  if (target.kind === "limit") return;
  const { dialect } = target;
  const [token = ""] = await running.tokens(1);
  const windows = Array.from({ length: pagesChecked }, (_, number) => ({
    offset: Math.floor((number / (pagesChecked - 1)) * Math.max(0, calls - 5)),
    limit: number % 2 === 0 ? 10 : 25,
  }));
  for (const { offset, limit } of windows) {
    const data = await ask(running.url, token, { query: dialect.page, variables: { offset, limit } });
    deepStrictEqual(dialect.readPage(data), pageAnswer(calls, offset, limit), `${target.title}: page at ${offset}`);
  }
  for (let number = 0; number < callsChecked; number++) {
    const index = Math.floor((number / (callsChecked - 1)) * (calls - 1));
    const data = await ask(running.url, token, { query: dialect.call, variables: { id: index + 1 } });
    deepStrictEqual(dialect.readCall(data), callAnswer(callAt(index)), `${target.title}: call ${index + 1}`);
  }
  const unknown = await ask(running.url, token, { query: dialect.call, variables: { id: calls + 1_000_000 } });
  deepStrictEqual(dialect.readCall(unknown), null, `${target.title}: a call that does not exist`);
}

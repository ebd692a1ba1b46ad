import { after, before, describe, it } from "node:test";
import * as fc from "fast-check";
import { anyPlan } from "./plan.ts";
import { regressions } from "./regressions.ts";
import { runPlan } from "./run.ts";
import { makeTemplate, type Template } from "./template.ts";

const environment = process.env;
const runs = Number(environment["RINGBACK_MODEL_RUNS"] ?? 6);
/** The first seed; the others count on from it. A new one each time where it is not given. */
const firstSeed = Number(environment["RINGBACK_MODEL_SEED"] ?? Math.floor(Math.random() * 1_000_000_000));
const shrinks = environment["RINGBACK_MODEL_SHRINK"] !== undefined;

describe("the inbox over a network that fails, on a server that is killed", () => {
  let template: Template;
  before(async () => {
    template = await makeTemplate();
  });
  after(() => template.remove());

  for (const { seed, found } of regressions) {
    it(`seed ${seed}: ${found}`, (test) => runSeed(test, seed));
  }

  for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
    it(`seed ${seed}: clients hold what the server holds, each write is done once, and undo restores`, (test) =>
      runSeed(test, seed));
  }

  /** Seeds decide what is done; how it interleaves is up to the machine, so a seed that failed may need to be run some times. */
  async function runSeed(test: { diagnostic(text: string): void }, seed: number): Promise<void> {
    const property = fc.asyncProperty(anyPlan, async (plan) => {
      test.diagnostic(JSON.stringify(await runPlan(plan, template)));
    });
    try {
      await fc.assert(property, { seed, numRuns: 1, endOnFailure: !shrinks, includeErrorInReport: true });
    } catch (error) {
      throw new Error(
        `Run it again: RINGBACK_MODEL_SEED=${seed} RINGBACK_MODEL_RUNS=1 npx node --test test/model/inbox.model.test.ts ` +
          `(RINGBACK_MODEL_SHRINK=1 looks for a smaller plan).\n${(error as Error).message}`,
        { cause: error },
      );
    }
  }
});

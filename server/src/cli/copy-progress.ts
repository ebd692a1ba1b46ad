import type { CopyProgress } from "../database.ts";
import { createProgress } from "./progress.ts";
import { countText } from "./text.ts";

/** Bars on a terminal, lines elsewhere; steps of unknown length as lines. */
export function createCopyProgress(): CopyProgress & { clear(): void } {
  let label = "";
  let total = 0;
  let bar = createProgress(process.stderr, "", null);
  return {
    rows(what, done, ofAll) {
      if (what !== label || ofAll !== total) {
        bar.clear();
        bar = createProgress(process.stderr, (label = what), (total = ofAll));
      }
      bar.update(done, `${countText(done)} of ${countText(ofAll)} rows`);
    },
    step(what) {
      bar.clear();
      if (process.stderr.isTTY) process.stderr.write(`Copy: ${what}\n`);
    },
    clear: () => bar.clear(),
  };
}

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createProgress } from "./progress.ts";

function output(isTTY: boolean) {
  const written: string[] = [];
  return { written, isTTY, columns: 60, write: (text: string | Uint8Array) => written.push(String(text)) > 0 };
}

describe("the progress of a long command", () => {
  it("is a plain line at a quarter, half and three quarters where there is no terminal", () => {
    const log = output(false);
    const progress = createProgress(log, "Import", 1_000);
    for (let done = 0; done <= 1_000; done += 10) progress.update(done, `${done} lines`);
    progress.clear();
    assert.deepEqual(log.written, [
      "Import: 25 %, 250 lines\n",
      "Import: 50 %, 500 lines\n",
      "Import: 75 %, 750 lines\n",
    ]);
  });

  it("is a plain line whenever the count has doubled where the end is not known", () => {
    const log = output(false);
    const progress = createProgress(log, "Import", null);
    for (let done = 0; done <= 50_000; done += 1_000) progress.update(done, `${done} lines`);
    assert.deepEqual(log.written, ["Import: 10000 lines\n", "Import: 20000 lines\n", "Import: 40000 lines\n"]);
  });

  it("is one bar drawn in place on a terminal, ten times a second at most, no wider than it, and cleared at the end", () => {
    const terminal = output(true);
    let nowMs = 1_000_000;
    const progress = createProgress(terminal, "Import", 1_000, () => (nowMs += 20));
    for (let done = 0; done <= 1_000; done += 10)
      progress.update(done, `${done} lines of a file with quite a long name`);
    progress.clear();
    progress.clear();
    assert.ok(terminal.written.length < 25);
    assert.equal(terminal.written.at(-1), "\r\u001b[2K");
    for (const text of terminal.written.slice(0, -1)) {
      assert.match(text, /^\r\u001b\[2K\[#*-*\] Import: \d+ %, /);
      assert.ok(text.length <= 60 + 5);
    }
  });
});

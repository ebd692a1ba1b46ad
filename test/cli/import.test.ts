import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { addressOf, graphql, run, settingsOf, signIn, start, temporaryFolder } from "./ringback.ts";

const header = "id,direction,from,to,via,duration,call_type,created_at,is_archived,notes";

/** A line of CSV for a call, `minute` minutes after a fixed time. */
function line(id: string, minute = 0, notes = ""): string {
  const at = new Date(Date.UTC(2026, 6, 4, 14, minute)).toISOString();
  return `${id},inbound,+442079460801,+442079460100,+442079460100,61500,answered,${at},false,${notes}`;
}

/** CSV with so many calls. */
function csv(count: number): string {
  return [header, ...Array.from({ length: count }, (_, index) => line(`c${index}`, index)), ""].join("\n");
}

function counts(stdout: string): Record<string, number> {
  const rows = [...stdout.matchAll(/^ {2}(new|merged|duplicate|refused) +([\d,]+)$/gm)];
  return Object.fromEntries(rows.map(([, name = "", count = ""]) => [name, Number(count.replaceAll(",", ""))]));
}

describe("ringback import", () => {
  it("takes the right lines in, reports each wrong one with its number, and is safe to run again", async (t) => {
    const folder = temporaryFolder(t);
    const env = await settingsOf(t, join(folder, "data"));
    const file = join(folder, "calls.csv");
    const lines = [
      line("1"),
      line("2").replace("inbound", "sideways"),
      line("3", 0, '"[""newest"",""oldest""]"'),
      line("4").replace("61500", "-1"),
      line("5").replace(/2026-[^,]*/, "yesterday"),
      line("6").replace("answered", '"answered'),
      line("").replace("+442079460801", ""),
      line("8", 0, "=HYPERLINK(1)"),
    ];
    writeFileSync(file, `\uFEFF${[header, ...lines].join("\r\n").replaceAll(/,(?!"")/g, ";")}`);

    const first = await run(t, ["import", file], { env });
    assert.equal(first.status, 65);
    assert.deepEqual(counts(first.stdout), { new: 3, merged: 0, duplicate: 0, refused: 5 });
    assert.match(first.stderr, /^line 3: direction must be inbound or outbound, not "sideways"\.$/m);
    assert.match(first.stderr, /^line 5: duration must be a whole number .*, not "-1"\.$/m);
    assert.match(first.stderr, /^line 6: created_at must be a time .*, not "yesterday"\.$/m);
    assert.match(first.stderr, /^line 7: This line opens a quote that is never closed\.$/m);
    assert.match(first.stderr, /^line 8: id is missing\.$/m);

    const again = await run(t, ["import", file], { env });
    assert.deepEqual(counts(again.stdout), { new: 0, merged: 0, duplicate: 3, refused: 5 });

    const exported = await run(t, ["export", "--format", "ndjson"], { env });
    const calls = exported.stdout
      .trim()
      .split("\n")
      .map((text) => JSON.parse(text) as { notes: string[] });
    assert.deepEqual(
      calls.map(({ notes }) => notes),
      [[], ["newest", "oldest"], ["=HYPERLINK(1)"]],
    );
  });

  it("shows twenty refused lines, says how many more there are, and --errors keeps all", async (t) => {
    const folder = temporaryFolder(t);
    const env = await settingsOf(t, join(folder, "data"));
    const input = csv(30).replaceAll("inbound", "in\u001b[2Jbound");
    const shown = await run(t, ["import", "-"], { env, input });
    assert.equal(shown.status, 65);
    assert.equal(shown.stderr.match(/^line \d+: /gm)?.length, 20);
    assert.match(shown.stderr, /^10 more lines refused; --errors FILE keeps all of them\.$/m);
    assert.ok(!shown.stderr.includes("\u001b"), "nothing in a file reaches the terminal as a command");

    const errors = join(folder, "refused.txt");
    const kept = await run(t, ["import", "-", "--errors", errors], { env, input });
    assert.equal(kept.status, 65);
    assert.equal(readFileSync(errors, "utf8").match(/^line \d+: /gm)?.length, 30);
  });

  it("reads NDJSON from a pipe and finds the format by itself", async (t) => {
    const env = await settingsOf(t, temporaryFolder(t));
    const call = {
      id: 7,
      direction: "outbound",
      from: "+442079460100",
      to: "sip:someone@example.com",
      via: "+442079460100",
      duration: 0,
      call_type: "missed",
      created_at: 1_780_000_000_123,
    };
    const input = `\n${JSON.stringify(call)}\n{"id": 8}\nnot json\n${JSON.stringify({ ...call, id: 9 })}`;
    const { status, stdout, stderr } = await run(t, ["import", "-", "--source", "Old PBX"], { env, input });
    assert.equal(status, 65);
    assert.deepEqual(counts(stdout), { new: 2, merged: 0, duplicate: 0, refused: 2 });
    assert.match(stderr, /^line 3: \w+ is missing\.\nline 4: This line is not JSON\.$/m);
    assert.match((await run(t, ["source", "list"], { env })).stdout, /^Old PBX +generic/m);
  });

  it("works while a server runs, whose clients see the calls at once", async (t) => {
    const env = await settingsOf(t, temporaryFolder(t));
    assert.equal((await run(t, ["user", "add", "ada"], { env, input: "correct horse" })).status, 0);
    const server = start(t, ["serve", "--port", "0"], { env });
    const url = await addressOf(server);
    const token = await signIn(url, "ada", "correct horse");
    assert.equal((await run(t, ["import", "-"], { env, input: csv(2_500) })).status, 0);
    const { data } = await graphql(
      url,
      "{ paginatedCalls(limit: 1) { totalCount nodes { created_at } } }",
      token ?? "",
    );
    assert.equal(data.paginatedCalls.totalCount, 2_500);
  });

  it("stops at Ctrl-C after the batch at hand, says how far it got, and goes on when run again", async (t) => {
    const folder = temporaryFolder(t);
    const env = await settingsOf(t, join(folder, "data"));
    const file = join(folder, "calls.csv");
    writeFileSync(file, csv(60_000));
    const importing = start(t, ["import", file], { env });
    await importing.until(/25 %/, "stderr");
    importing.child.kill("SIGINT");
    const { status, stdout } = await importing.ended;
    assert.equal(status, 130);
    const [, through = ""] = /^Stopped after line ([\d,]+) of /.exec(stdout) ?? [];
    const taken = counts(stdout)["new"] ?? 0;
    assert.ok(taken > 0 && taken < 60_000);
    assert.equal(Number(through.replace(",", "")), taken + 1, "the header row is a line, too");

    const rest = await run(t, ["import", file], { env });
    assert.deepEqual(counts(rest.stdout), { new: 60_000 - taken, merged: 0, duplicate: taken, refused: 0 });
  });

  it("refuses as a whole what it cannot read at all, each with a sentence", async (t) => {
    const folder = temporaryFolder(t);
    const env = await settingsOf(t, join(folder, "data"));
    for (const [name, content, status, message] of [
      ["none.csv", null, 66, /There is no .*none\.csv/],
      [".", null, 66, /is a folder, not a file/],
      ["zipped.csv", Buffer.from([0x1f, 0x8b, 8, 0]), 65, /is compressed; .*gunzip/],
      ["utf16.csv", Buffer.from(`\uFEFF${header}`, "utf16le"), 65, /is UTF-16; save it as UTF-8/],
      ["headless.csv", `${line("1")}\n`, 65, /Line 1 must be a header row/],
      ["empty.csv", "", 65, /empty/],
    ] as const) {
      const file = join(folder, name);
      if (content !== null) writeFileSync(file, content);
      const outcome = await run(t, ["import", file], { env });
      assert.equal(outcome.status, status, name);
      assert.match(outcome.stderr, message);
      assert.match(outcome.stderr, /^ringback: [^\n]+\n$/);
    }
  });
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Block, parseInline, parseMarkdown } from "./markdown.ts";

const text = (content: string) => [{ kind: "text", text: content }] as const;

test("headings, paragraphs over several lines and fenced code are blocks", () => {
  assert.deepEqual(
    parseMarkdown("## One call\n\nFirst\nand second.\n```sh\ncurl # not a heading\n\n- no list\n```\nEnd"),
    [
      { kind: "heading", level: 2, content: text("One call") },
      { kind: "paragraph", content: text("First and second.") },
      { kind: "code", language: "sh", text: "curl # not a heading\n\n- no list" },
      { kind: "paragraph", content: text("End") },
    ],
  );
});

test("an item of a list holds what is indented below it, code included", () => {
  const [list] = parseMarkdown("1. Make a key.\n\n   ```\n   ringback\n     deeper\n   ```\n\n2. Send\n   a call.\n");
  assert.deepEqual(list, {
    kind: "list",
    isOrdered: true,
    items: [
      [
        { kind: "paragraph", content: text("Make a key.") },
        { kind: "code", language: "", text: "ringback\n  deeper" },
      ],
      [{ kind: "paragraph", content: text("Send a call.") }],
    ],
  });
});

test("a table has its head and its rows, with bars in cells where they are escaped", () => {
  assert.deepEqual(parseMarkdown("| a | b |\n|---|---|\n| `x` | 1 \\| 2 |"), [
    {
      kind: "table",
      head: [text("a"), text("b")],
      rows: [[[{ kind: "code", text: "x" }], text("1 | 2")]],
    },
  ]);
});

test("only links over HTTP lead anywhere", () => {
  assert.deepEqual(parseInline("See [here](https://example.com), [there](javascript:alert) and **this**"), [
    { kind: "text", text: "See " },
    { kind: "link", text: "here", href: "https://example.com" },
    { kind: "text", text: ", " },
    { kind: "text", text: "there" },
    { kind: "text", text: " and " },
    { kind: "strong", text: "this" },
  ]);
});

test("nothing of the manuals' marks is left as text", () => {
  for (const file of ["generic.md", "kamailio/README.md"]) {
    const manual = readFileSync(new URL(`../../../docs/sources/${file}`, import.meta.url), "utf8");
    const lines = parseMarkdown(manual).flatMap(linesOf);
    assert.ok(lines.length > 20, file);
    for (const line of lines) assert.doesNotMatch(line, /^(#{1,6} |[-*] |\d+\. |\| |```)|\]\(/, file);
  }
});

function linesOf(block: Block): string[] {
  const join = (content: readonly { readonly kind: string; readonly text: string }[]) =>
    content.map((piece) => (piece.kind === "text" ? piece.text : "")).join("");
  switch (block.kind) {
    case "heading":
    case "paragraph":
      return [join(block.content)];
    case "list":
      return block.items.flat().flatMap(linesOf);
    case "table":
      return [...block.head, ...block.rows.flat()].map(join);
    case "code":
      return [];
  }
}

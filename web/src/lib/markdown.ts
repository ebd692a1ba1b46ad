/** A piece of a line. */
export type Inline =
  | { readonly kind: "text" | "code" | "strong"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string };

export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly content: readonly Inline[] }
  | { readonly kind: "paragraph"; readonly content: readonly Inline[] }
  | { readonly kind: "code"; readonly language: string; readonly text: string }
  | { readonly kind: "list"; readonly isOrdered: boolean; readonly items: readonly (readonly Block[])[] }
  | {
      readonly kind: "table";
      readonly head: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    };

const fence = /^```(\w*)\s*$/;
const bullet = /^([-*]|\d+[.)])\s+/;
const tableLine = /^\|.*\|\s*$/;

/**
 * The part of Markdown (CommonMark with GFM's tables) that the manuals of sources are written in: headings, paragraphs, fenced
 * code, lists with blocks in them, tables, and in lines code, strong text and links. What it does not know stays text.
 */
export function parseMarkdown(markdown: string): readonly Block[] {
  return blocksOf(markdown.replaceAll("\r\n", "\n").split("\n"));
}

function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  const line = () => lines[at] ?? "";
  /** Takes lines while they belong. */
  const take = (belongs: (text: string) => boolean) => {
    const taken: string[] = [];
    while (at < lines.length && belongs(line())) {
      taken.push(line());
      at += 1;
    }
    return taken;
  };

  while (at < lines.length) {
    const text = line();
    const opened = fence.exec(text);
    const heading = /^(#{1,6})\s+(.*)$/.exec(text);
    const item = bullet.exec(text);
    if (text.trim() === "") at += 1;
    else if (opened !== null) {
      at += 1;
      const code = take((inside) => !/^```\s*$/.test(inside));
      at += 1;
      blocks.push({ kind: "code", language: opened[1] ?? "", text: code.join("\n") });
    } else if (heading !== null) {
      at += 1;
      blocks.push({ kind: "heading", level: heading[1]?.length ?? 1, content: parseInline(heading[2] ?? "") });
    } else if (tableLine.test(text)) {
      const [head = [], , ...rows] = take((inside) => tableLine.test(inside)).map(cellsOf);
      blocks.push({ kind: "table", head, rows });
    } else if (item !== null) {
      blocks.push(listFrom(/^\d/.test(text)));
    } else {
      const start = at;
      const paragraph = take((inside) => inside.trim() !== "" && (at === start || !startsBlock(inside)));
      blocks.push({ kind: "paragraph", content: parseInline(paragraph.map((part) => part.trim()).join(" ")) });
    }
  }
  return blocks;

  function listFrom(isOrdered: boolean): Block {
    const items: Block[][] = [];
    for (
      let item = bullet.exec(line());
      item !== null && /^\d/.test(line()) === isOrdered;
      item = bullet.exec(line())
    ) {
      const indent = item[0].length;
      const first = line().slice(indent);
      at += 1;
      const rest = take((inside) => inside.trim() === "" || /^\s{2,}/.test(inside) || isLazy(inside));
      items.push(blocksOf([first, ...rest.map((inside) => withoutIndent(inside, indent))]));
    }
    return { kind: "list", isOrdered, items };
  }

  /** A line that goes on with the paragraph before it, though it is not indented. */
  function isLazy(text: string): boolean {
    return (lines[at - 1] ?? "").trim() !== "" && !startsBlock(text) && !/^\s*```/.test(lines[at - 1] ?? "");
  }
}

function withoutIndent(line: string, indent: number): string {
  const spaces = line.length - line.trimStart().length;
  return line.slice(Math.min(spaces, indent));
}

function startsBlock(line: string): boolean {
  return fence.test(line) || bullet.test(line) || tableLine.test(line) || /^#{1,6}\s/.test(line);
}

function cellsOf(line: string): readonly (readonly Inline[])[] {
  return line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => parseInline(cell.trim().replaceAll("\\|", "|")));
}

/** A line's pieces. Links that lead elsewhere than to a page over HTTP are their text only. */
export function parseInline(text: string): readonly Inline[] {
  const pieces: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(/`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g)) {
    const [whole, code, strong, label, href = ""] = match;
    if (match.index > end) pieces.push({ kind: "text", text: text.slice(end, match.index) });
    end = match.index + whole.length;
    if (code !== undefined) pieces.push({ kind: "code", text: code });
    else if (strong !== undefined) pieces.push({ kind: "strong", text: strong });
    else if (/^https?:\/\//.test(href)) pieces.push({ kind: "link", text: label ?? href, href });
    else pieces.push({ kind: "text", text: (label ?? href).replaceAll("`", "") });
  }
  if (end < text.length) pieces.push({ kind: "text", text: text.slice(end) });
  return pieces;
}

import { Fragment, useMemo } from "react";
import { type Block, type Inline, parseMarkdown } from "../lib/markdown.ts";

/** A text in Markdown as elements; nothing of it is read as HTML. Its headings are of the second level and below. */
export function Markdown({ text }: { readonly text: string }) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  return (
    <div className="flex min-w-0 flex-col gap-3 text-base text-soft">
      <Blocks blocks={blocks} />
    </div>
  );
}

function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return blocks.map((block, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- a text that does not change has its blocks in one order
    <Fragment key={index}>
      <OneBlock block={block} />
    </Fragment>
  ));
}

function OneBlock({ block }: { block: Block }) {
  switch (block.kind) {
    case "heading":
      return block.level <= 2 ? (
        <h2 className="mt-3 text-lg font-semibold text-ink first:mt-0">
          <Line content={block.content} />
        </h2>
      ) : (
        <h3 className="mt-2 text-base font-semibold text-ink">
          <Line content={block.content} />
        </h3>
      );
    case "paragraph":
      return (
        <p className="max-w-prose">
          <Line content={block.content} />
        </p>
      );
    case "code":
      return (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long line is scrolled with the keyboard
        <pre tabIndex={0} className="overflow-x-auto rounded-md border border-line bg-surface p-3 text-sm text-ink">
          <code className="font-mono">{block.text}</code>
        </pre>
      );
    case "list": {
      const items = block.items.map((item, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- as above
        <li key={index} className="min-w-0 pl-1">
          <div className="flex min-w-0 flex-col gap-2">
            <Blocks blocks={item} />
          </div>
        </li>
      ));
      return block.isOrdered ? (
        <ol className="flex list-decimal flex-col gap-2 pl-5">{items}</ol>
      ) : (
        <ul className="flex list-disc flex-col gap-2 pl-5">{items}</ul>
      );
    }
    case "table":
      return (
        <div
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
          tabIndex={0}
          role="group"
          aria-label="Table"
          className="overflow-x-auto rounded-md border border-line bg-surface"
        >
          <table className="w-full text-sm">
            <thead className="bg-ground text-left text-ink">
              <tr>{cells(block.head, "th")}</tr>
            </thead>
            <tbody>
              {block.rows.map((row, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- as above
                <tr key={index} className="border-t border-line align-top">
                  {cells(row, "td")}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
  }
}

function cells(row: readonly (readonly Inline[])[], Cell: "th" | "td") {
  return row.map((content, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- as above
    <Cell key={index} className="px-3 py-2 font-normal first:font-medium">
      <Line content={content} />
    </Cell>
  ));
}

function Line({ content }: { content: readonly Inline[] }) {
  return content.map((piece, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- as above
    <Fragment key={index}>
      <OnePiece piece={piece} />
    </Fragment>
  ));
}

function OnePiece({ piece }: { piece: Inline }) {
  switch (piece.kind) {
    case "text":
      return piece.text;
    case "code":
      return <code className="rounded-sm bg-hover px-1 font-mono text-sm break-words text-ink">{piece.text}</code>;
    case "strong":
      return <strong className="font-semibold text-ink">{piece.text}</strong>;
    case "link":
      return (
        <a href={piece.href} rel="noreferrer" className="font-medium text-accent underline">
          {piece.text}
        </a>
      );
  }
}

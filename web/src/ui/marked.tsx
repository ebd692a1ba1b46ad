import { piecesOf } from "../lib/highlight.ts";

/** A text with what a search found in it marked. */
export function Marked({ text, search }: { readonly text: string; readonly search: string | undefined }) {
  if (search === undefined) return text;
  return piecesOf(text, search).map((piece, at) =>
    piece.isFound ? (
      <mark
        // oxlint-disable-next-line react/no-array-index-key -- pieces of one text, drawn anew together
        key={at}
        className="rounded-sm bg-warn-ground text-inherit underline decoration-warn decoration-2 underline-offset-2"
      >
        {piece.text}
      </mark>
    ) : (
      piece.text
    ),
  );
}

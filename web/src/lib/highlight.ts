import { digitsOf, isNumberSearch, wordsOf } from "./call-query.ts";

/** A piece of a text, and whether it is what was searched for. */
export type Piece = { readonly text: string; readonly isFound: boolean };

/** A text in pieces, so that what a search found in it can be shown: words that begin with one of its words, or the run of its digits. */
export function piecesOf(text: string, search: string | undefined): readonly Piece[] {
  if (search === undefined || text === "") return [{ text, isFound: false }];
  return isNumberSearch(search) ? withDigits(text, search) : withWords(text, wordsOf(search));
}

function withDigits(text: string, search: string): readonly Piece[] {
  const places = Array.from(text.matchAll(/\d/g), ({ index }) => index);
  const wanted = digitsOf(search).replace(/^0+/, "");
  const at = wanted === "" ? -1 : digitsOf(text).indexOf(wanted);
  const [first, last] = [places[at], places[at + wanted.length - 1]];
  if (at === -1 || first === undefined || last === undefined) return [{ text, isFound: false }];
  return pieces([text.slice(0, first), text.slice(first, last + 1), text.slice(last + 1)]);
}

function withWords(text: string, wanted: readonly string[]): readonly Piece[] {
  // Every other part is a word.
  return joined(
    text.split(/([\p{L}\p{N}\p{M}]+)/u).map((part, at) => ({
      text: part,
      isFound: at % 2 === 1 && wordsOf(part).some((word) => wanted.some((one) => word.startsWith(one))),
    })),
  );
}

function pieces([before, found, behind]: [string, string, string]): readonly Piece[] {
  return joined([
    { text: before, isFound: false },
    { text: found, isFound: true },
    { text: behind, isFound: false },
  ]);
}

function joined(all: readonly Piece[]): readonly Piece[] {
  const kept: Piece[] = [];
  for (const piece of all) {
    if (piece.text === "") continue;
    const last = kept.at(-1);
    if (last !== undefined && last.isFound === piece.isFound && !piece.isFound) {
      kept[kept.length - 1] = { text: last.text + piece.text, isFound: false };
    } else kept.push(piece);
  }
  return kept;
}

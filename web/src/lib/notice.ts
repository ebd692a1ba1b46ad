import { countOf } from "./format.ts";

/** A call as a notice tells of it, each part as the list writes it. */
export type NoticedCall = {
  readonly type: string;
  /** Who called: a contact, else the number. */
  readonly name: string;
  readonly number: string;
  /** Our line; empty for none. */
  readonly line: string;
};

/** Lines that a notice names. */
const linesMax = 3;

/**
 * What a notice says of calls that came in: `Missed call from Grace Hopper` over `+1 202 555 0123, on 020 7946 0123`;
 * `3 missed calls, 1 voicemail` over their lines.
 */
export function noticeOf(calls: readonly NoticedCall[]): { readonly title: string; readonly body: string } {
  const [first] = calls;
  if (first !== undefined && calls.length === 1) {
    const { type, name, number, line } = first;
    const parts = [...(name === number ? [] : [number]), ...(line === "" ? [] : [`on ${line}`])];
    return { title: `${type === "voicemail" ? "Voicemail" : "Missed call"} from ${name}`, body: parts.join(", ") };
  }
  const voicemails = calls.filter(({ type }) => type === "voicemail").length;
  const missed = calls.length - voicemails;
  const lines = [...new Set(calls.flatMap(({ line }) => (line === "" ? [] : [line])))];
  const rest = lines.length - linesMax;
  return {
    title: [
      ...(missed > 0 ? [countOf(missed, "missed call")] : []),
      ...(voicemails > 0 ? [countOf(voicemails, "voicemail")] : []),
    ].join(", "),
    body:
      lines.length === 0
        ? ""
        : `on ${lines.slice(0, linesMax).join(", ")}${rest > 0 ? ` and ${countOf(rest, "other line")}` : ""}`,
  };
}

/** The lines that somebody wants to be told of, as a browser kept them; null for all, and for what is no list. */
export function noticedLines(text: string): readonly string[] | null {
  if (text === "") return null;
  try {
    const kept: unknown = JSON.parse(text);
    return Array.isArray(kept) ? kept.filter((line) => typeof line === "string") : null;
  } catch {
    return null; // Written by something else.
  }
}

/** The text of `noticedLines`. */
export function noticedLinesText(lines: readonly string[] | null): string {
  return lines === null ? "" : JSON.stringify(lines);
}

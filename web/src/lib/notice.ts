import { countOf } from "./format.ts";

/** What a notice says of calls that came in: `Missed call from Grace Hopper`, `3 missed calls, 1 voicemail`. */
export function noticeOf(calls: readonly { readonly type: string; readonly name: string }[]): string {
  const [first] = calls;
  if (first !== undefined && calls.length === 1)
    return `${first.type === "voicemail" ? "Voicemail" : "Missed call"} from ${first.name}`;
  const voicemails = calls.filter(({ type }) => type === "voicemail").length;
  const missed = calls.length - voicemails;
  return [
    ...(missed > 0 ? [countOf(missed, "missed call")] : []),
    ...(voicemails > 0 ? [countOf(voicemails, "voicemail")] : []),
  ].join(", ");
}

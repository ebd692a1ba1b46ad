import { inZone } from "./zone.ts";

const oneDigitCodes = /^\+[17]/;
const twoDigitCodes = /^\+(2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** A number in international form with spaces to read it by; whatever else it is comes back as it is. */
export function formatNumber(number: string): string {
  if (!/^\+\d{7,15}$/.test(number)) return number;
  const code = oneDigitCodes.test(number) ? 2 : twoDigitCodes.test(number) ? 3 : 4;
  const rest = number.slice(code);
  const groups =
    rest.length === 10 ? [rest.slice(0, 3), rest.slice(3, 6), rest.slice(6)] : rest.match(/\d{2,3}(?!\d$)|\d+/g);
  return [number.slice(0, code), ...(groups ?? [rest])].join(" ");
}

/** A length of time: `0:07`, `4:05`, `1:02:03`. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [hours = 0, minutes = 0, rest = 0] = parts;
  const two = (part: number) => String(part).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** The same in words, for those who hear it: `4 minutes 5 seconds`. */
export function speakDuration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const parts: [number, string][] = [
    [Math.floor(seconds / 3_600), "hour"],
    [Math.floor(seconds / 60) % 60, "minute"],
    [seconds % 60, "second"],
  ];
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}${count === 1 ? "" : "s"}`);
  return said.length === 0 ? "0 seconds" : said.join(" ");
}

const time = inZone({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const full = inZone({ dateStyle: "full", timeStyle: "long" });

/** The time of day where the person is: `14:05`. */
export function formatTime(instant: string): string {
  return time.format(new Date(instant));
}

/** Date, time and zone in full. */
export function formatInstant(instant: string): string {
  return full.format(new Date(instant));
}

const counts = new Intl.NumberFormat();

/** `1,204`. */
export function formatCount(count: number): string {
  return counts.format(count);
}

/** `1 call`, `2 calls`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

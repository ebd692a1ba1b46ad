import { retryDelaysMs, type Settlement, triesMax, type WebhookDelivery } from "../domain/webhook.ts";
import type { PostAnswer } from "./post.ts";

/** Delays are made longer by up to this part of them, so that what failed together is not tried together. */
const jitter = 0.2;
/** A receiver may ask for so long at most. */
const retryAfterMaxMs = 24 * 3_600_000;

/** What an answer comes to for a delivery. @param random from 0 to 1 */
export function settlementOf(
  delivery: Pick<WebhookDelivery, "tries">,
  answer: PostAnswer,
  times: { readonly atMs: number; readonly endedMs: number },
  random: number,
): Settlement {
  const { statusCode, problem, response } = answer;
  const { atMs, endedMs } = times;
  const attempt = { atMs, durationMs: Math.max(0, Math.round(endedMs - atMs)), statusCode, problem, response };
  const askedMs = Math.min(retryAfterMaxMs, readRetryAfter(answer.retryAfter, endedMs) ?? 0);
  const delayMs = (retryDelaysMs[delivery.tries] ?? 0) * (1 + jitter * random);
  const isLast = delivery.tries + 1 >= triesMax;
  const isBusy = (statusCode === 429 || statusCode === 503) && askedMs > 0;
  return {
    attempt,
    retryAtMs: problem === null || isLast ? null : Math.round(endedMs + Math.max(delayMs, askedMs)),
    heldUntilMs: isBusy ? Math.round(endedMs + askedMs) : 0,
    isGone: statusCode === 410,
  };
}

/** How long to wait by the field `Retry-After` (RFC 9110 section 10.2.3), in milliseconds; null where it says nothing. */
function readRetryAfter(text: string | null, nowMs: number): number | null {
  if (text === null) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}

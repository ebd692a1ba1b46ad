import { z } from "zod";
import type { Call } from "../../domain/call.ts";
import { pageLimitDefault, pageLimitMax } from "../../domain/page.ts";
import type { SignedIn } from "../../domain/sessions.ts";

// A shape with an id stands once, under this name, among the components of the OpenAPI document.

const text = z.string().min(1);

export const noteShape = z
  .object({ id: z.string(), content: z.string() })
  .meta({ id: "Note", description: "Text on a call." });

export const callShape = z
  .object({
    id: z.string().describe("A whole number from 1 below 2^53, as text."),
    direction: z.enum(["inbound", "outbound"]),
    from: z.string().describe("The caller's number."),
    to: z.string().describe("The number that was called."),
    via: z.string().describe("The line of ours that the call used."),
    duration: z.int().min(0).describe("Length of the call in milliseconds."),
    is_archived: z.boolean(),
    call_type: z.enum(["answered", "missed", "voicemail"]),
    created_at: z
      .string()
      .meta({ format: "date-time", description: "When the call was made: ISO 8601, UTC, with milliseconds." }),
    notes: z.array(noteShape).describe("Newest first."),
  })
  .meta({ id: "Call", description: "One conversation as a person counts them." });

export const callPageShape = z
  .object({
    nodes: z.array(callShape).max(pageLimitMax).describe("Newest first: by created_at, then by id, both descending."),
    totalCount: z.int().min(0).describe("How many calls there are in all."),
    hasNextPage: z.boolean(),
  })
  .meta({ id: "CallPage", description: "A page of calls; its three parts belong to one moment." });

export const userShape = z
  .object({ id: z.string(), username: z.string() })
  .meta({ id: "User", description: "Somebody with an account." });

export const signedInShape = z
  .object({
    access_token: z.string().describe("A JWT, valid for 10 minutes."),
    refresh_token: z.string().describe("A JWT, valid for an hour."),
    user: userShape,
  })
  .meta({ id: "SignedIn", description: "A fresh pair of tokens, and whose they are." });

export const refreshedAccessShape = signedInShape
  .omit({ refresh_token: true })
  .meta({ id: "RefreshedAccess", description: "A fresh access token, and whose it is." });

export const credentialsShape = z
  .object({ username: text, password: text })
  .meta({ id: "Credentials", description: "A name and its password." });

export const newNoteShape = z
  .object({ content: text.describe("1 to 10,000 characters, not blank; kept exactly as given.") })
  .meta({ id: "NewNote", description: "What is to be noted." });

export const callIdShape = z.object({ id: z.string().describe("The call's id.") });

export const pageWindowShape = z.object({
  offset: wholeNumber("offset", 0).describe("How many calls to skip."),
  limit: wholeNumber("limit", pageLimitDefault).describe(
    `How many calls to return; more than ${pageLimitMax} are answered with ${pageLimitMax}.`,
  ),
});

export const idempotencyShape = z.looseObject({
  "idempotency-key": z
    .string()
    .regex(/^[!-~]{1,255}$/, { error: "An idempotency key is 1 to 255 visible ASCII characters." })
    .optional()
    .describe("A retry under the same key acts once and gets the same answer, for 24 hours."),
});

/** A call as the routes answer it: names and units of the documented API. */
export function callJson(call: Call): z.infer<typeof callShape> {
  return {
    id: String(call.id),
    direction: call.direction,
    from: call.from,
    to: call.to,
    via: call.via,
    duration: call.durationMs,
    is_archived: call.isArchived,
    call_type: call.callType,
    created_at: new Date(call.createdAtMs).toISOString(),
    notes: call.notes.map(({ id, content }) => ({ id: String(id), content })),
  };
}

export function signedInJson({ accessToken, refreshToken, user }: SignedIn): z.infer<typeof signedInShape> {
  return { access_token: accessToken, refresh_token: refreshToken, user: { id: user.id, username: user.username } };
}

/** A query parameter in plain decimal digits, with its default. What only rounds to a whole number is not one. */
function wholeNumber(name: string, fallback: number) {
  const error = `${name} must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}.`;
  const read = (given: unknown) => {
    if (given === undefined) return undefined;
    return typeof given === "string" && /^-?\d+(\.0+)?$/.test(given) ? Number(given) + 0 : Number.NaN;
  };
  return z.preprocess(read, z.int({ error }).min(0, { error }).default(fallback));
}

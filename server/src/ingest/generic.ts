import { z } from "zod";
import { DomainError } from "../domain/errors.ts";
import { checkNoteContent } from "../domain/note.ts";
import { missReasons } from "../domain/source.ts";
import { instantRule, readInstant } from "./instant.ts";
import { deliveryOf, keyLengthMax, keyRule, quoted, readKey, type Reading, type Received } from "./reading.ts";

/**
 * Reads a call in the product's own format: `id` (the source's own), `event_id`?, `direction`, `from`, `to`, `via`, `duration`
 * (whole milliseconds), `call_type`, `created_at`, `ended_at`?, `answered_at`?, `missed_reason`?, `is_archived`?, `notes`? (newest first). Other keys are left alone.
 *
 * Strict (files that a person imports): every field must be there and right, except those with a question mark, which may be
 * missing, null or empty; the first that is not refuses the call. Lenient (a phone system that cannot mend what it sent):
 * only `id` is needed; what cannot be read is null and has a remark.
 *
 * Numbers are kept as they came: letters, `anonymous` and SIP URIs too. An empty number is an unknown one.
 */
export function readGenericCall(
  value: unknown,
  options: Omit<Received, "value"> & { readonly strict: boolean },
): Reading {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { ok: false, problem: `A call is a JSON object, not ${quoted(value)}.`, field: "call" };
  }
  const given = value as Readonly<Record<string, unknown>>;
  const remarks: string[] = [];
  try {
    const read = <Name extends keyof typeof fields>(name: Name) =>
      readField(name, given[name], options.strict, remarks) as z.output<(typeof fields)[Name]["schema"]> | null;
    const group = readField("id", given["id"], true, remarks) as string;
    const delivery = read("event_id");
    const startedAtMs = read("created_at");
    const facts = {
      direction: read("direction"),
      from: read("from"),
      to: read("to"),
      via: read("via"),
      startedAtMs,
      endedAtMs: notBefore(startedAtMs, read("ended_at"), given["ended_at"], options.strict, remarks),
      durationMs: read("duration"),
      callType: read("call_type"),
      isArchived: read("is_archived"),
      ...unlessNull("answeredAtMs", read("answered_at")),
      ...unlessNull("missReason", read("missed_reason")),
      notes: read("notes") ?? [],
    };
    return { ok: true, delivery: deliveryOf({ ...options, value }, { group, delivery }, { facts }), remarks };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problem: error.message, field: error.field };
    throw error;
  }
}

class Refusal extends Error {
  readonly field: string;

  constructor(field: string, problem: string) {
    super(problem);
    this.field = field;
  }
}

const key = z
  .unknown()
  .transform(by(readKey, keyRule))
  .meta({ anyOf: [{ type: "string", minLength: 1, maxLength: keyLengthMax }, { type: "integer" }] });

const instant = z
  .unknown()
  .transform(by(readInstant, instantRule))
  .meta({ anyOf: [{ type: "string", format: "date-time" }, { type: "integer" }] });

/** Kept with the call and shown, so bounded and printable; anything else that a phone system calls a number is let be. */
const number = z
  .string({ error: "must be a text" })
  .max(256, { error: "must have at most 256 characters" })
  .refine((text) => text.isWellFormed() && !/[\u0000-\u001f\u007f]/.test(text), {
    error: "must be printable text",
  })
  .transform((text) => (text === "" ? null : text));

const durationRule = "must be a whole number of milliseconds from 0 below 2^53";

const fields = {
  id: { schema: key, required: true },
  event_id: { schema: key, required: false },
  direction: { schema: z.enum(["inbound", "outbound"], { error: "must be inbound or outbound" }), required: true },
  from: { schema: number, required: true },
  to: { schema: number, required: true },
  via: { schema: number, required: true },
  duration: {
    schema: z.unknown().transform(by(readDuration, durationRule)).meta({ type: "integer", minimum: 0 }),
    required: true,
  },
  call_type: {
    schema: z.enum(["answered", "missed", "voicemail"], { error: "must be answered, missed or voicemail" }),
    required: true,
  },
  created_at: { schema: instant, required: true },
  ended_at: { schema: instant, required: false },
  answered_at: { schema: instant, required: false },
  missed_reason: {
    schema: z.enum(missReasons, { error: `must be ${missReasons.join(", ")}` }),
    required: false,
  },
  is_archived: {
    schema: z.unknown().transform(by(readBoolean, "must be true or false")).meta({ type: "boolean" }),
    required: false,
  },
  notes: {
    schema: z
      .union([z.array(z.string()), z.string().transform((text) => [text])], {
        error: "must be an array of texts, the newest first",
      })
      .superRefine((notes, ctx) => {
        for (const note of notes) {
          const message = noteProblem(note);
          if (message !== null) return ctx.addIssue(message);
        }
      }),
    required: false,
  },
};

const schemas = Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema]));

/** A call in this format, as it is described to others, made of the fields that it is read by. Lenient: only `id` is needed. */
export const genericCallShape = z
  .looseObject({ ...z.object(schemas).partial().shape, id: fields.id.schema })
  .meta({ id: "GenericCall", description: "A call, or what is known of it so far: docs/sources/generic.md." });

function readField(name: keyof typeof fields, value: unknown, strict: boolean, remarks: string[]): unknown {
  const { schema, required } = fields[name];
  const isMissing = value === undefined || value === null || (value === "" && !(schema === number));
  if (isMissing) {
    if (required && strict) throw new Refusal(name, `${name} is missing.`);
    return null;
  }
  const parsed = schema.safeParse(strict ? value : loosened(name, value, remarks));
  if (parsed.success) return parsed.data;
  const problem = `${name} ${parsed.error.issues[0]?.message ?? "cannot be read"}, not ${quoted(value)}.`;
  if (strict) throw new Refusal(name, problem);
  remarks.push(`Left out: ${problem}`);
  return null;
}

/** What a phone system most likely meant, where that is beyond doubt. */
function loosened(name: keyof typeof fields, value: unknown, remarks: string[]): unknown {
  switch (name) {
    case "direction":
    case "call_type":
    case "missed_reason":
      return typeof value === "string" ? value.trim().toLowerCase() : value;
    case "from":
    case "to":
    case "via":
      return Number.isSafeInteger(value) ? String(value) : typeof value === "string" ? value.trim() : value;
    case "duration":
      return typeof value === "number" && Number.isFinite(value) ? Math.round(value) : value;
    case "notes": {
      if (!Array.isArray(value)) return value;
      const good = value.filter((note: unknown) => typeof note === "string" && noteProblem(note) === null);
      if (good.length < value.length)
        remarks.push(`Left out: ${value.length - good.length} notes that cannot be kept.`);
      return good;
    }
    case "id":
    case "event_id":
    case "created_at":
    case "ended_at":
    case "answered_at":
    case "is_archived":
      return value;
  }
}

/** Facts that came later to the format are left out where they are not known, so that older ones read the same. */
function unlessNull<Name extends string, T>(name: Name, value: T | null): { readonly [Key in Name]?: T } {
  return (value === null ? {} : { [name]: value }) as { readonly [Key in Name]?: T };
}

function notBefore(
  startedAtMs: number | null,
  endedAtMs: number | null,
  given: unknown,
  strict: boolean,
  remarks: string[],
): number | null {
  if (startedAtMs === null || endedAtMs === null || endedAtMs >= startedAtMs) return endedAtMs;
  const problem = `ended_at must not be before created_at, not ${quoted(given)}.`;
  if (strict) throw new Refusal("ended_at", problem);
  remarks.push(`Left out: ${problem}`);
  return null;
}

function by<T>(read: (value: unknown) => T | null, rule: string) {
  return (value: unknown, ctx: z.RefinementCtx): T => {
    const result = read(value);
    if (result !== null) return result;
    ctx.addIssue(rule);
    return z.NEVER;
  };
}

function readDuration(value: unknown): number | null {
  const ms = typeof value === "string" && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof ms === "number" && Number.isSafeInteger(ms) && ms >= 0 ? ms + 0 : null;
}

/** JSON's own, and the words that spreadsheets write. */
function readBoolean(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  const word = typeof value === "string" ? value.toLowerCase() : null;
  return word === "true" || word === "1" ? true : word === "false" || word === "0" ? false : null;
}

function noteProblem(note: string): string | null {
  try {
    checkNoteContent(note);
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.message.replace(/^content /, "");
    throw error;
  }
}

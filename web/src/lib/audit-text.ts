import { countOf } from "./format.ts";

/** An event of the audit log, as far as it is told. */
export type AuditedEvent = {
  readonly kind: string;
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string | null };
  readonly target: { readonly id: string; readonly name: string } | null;
  readonly details: readonly { readonly name: string; readonly value: string }[];
};

/** What events are about, as the log is filtered, each with its kinds. */
export const auditTopics = {
  access: {
    label: "Signing in",
    icon: "leave",
    kinds: ["SIGNED_IN", "SIGN_IN_REFUSED", "SIGNED_OUT", "SIGNED_OUT_EVERYWHERE", "SESSION_REVOKED"],
  },
  people: {
    label: "People",
    icon: "person",
    kinds: [
      "WORKSPACE_SET_UP",
      "USER_ADDED",
      "USER_INVITED",
      "INVITATION_WITHDRAWN",
      "USER_JOINED",
      "ROLE_CHANGED",
      "USER_DISABLED",
      "USER_ENABLED",
      "PASSWORD_CHANGED",
    ],
  },
  keys: { label: "API keys", icon: "key", kinds: ["KEY_CREATED", "KEY_REVOKED"] },
  sources: {
    label: "Sources",
    icon: "sources",
    kinds: [
      "SOURCE_ADDED",
      "SOURCE_RENAMED",
      "SOURCE_KEY_REPLACED",
      "SOURCE_DISABLED",
      "SOURCE_ENABLED",
      "SOURCE_REMOVED",
    ],
  },
  settings: { label: "Settings", icon: "settings", kinds: ["SETTINGS_CHANGED", "COUNTRY_CHANGED"] },
  files: {
    label: "Exports, imports, deletions",
    icon: "download",
    kinds: ["CALLS_EXPORTED", "CALLS_IMPORTED", "CONTACTS_EXPORTED", "CONTACTS_IMPORTED", "NUMBER_FORGOTTEN"],
  },
} as const;

export type AuditTopic = keyof typeof auditTopics;

/** The topic of a name in the URL, or null. */
export function auditTopicNamed(name: string | undefined): AuditTopic | null {
  return name !== undefined && Object.hasOwn(auditTopics, name) ? (name as AuditTopic) : null;
}

/** The topic that a kind belongs to; null for a kind of a newer server. */
export function auditTopicOf(kind: string): AuditTopic | null {
  const topics = Object.keys(auditTopics) as AuditTopic[];
  return topics.find((topic) => (auditTopics[topic].kinds as readonly string[]).includes(kind)) ?? null;
}

/** An event as a plain sentence, such as `Ann made Bob an admin`. @param myId whose own deeds are told with You */
export function auditSentence(event: AuditedEvent, myId: string | null): string {
  return `${actorOf(event, myId)} ${deedOf(event)}`;
}

/** What else is known of it, shortly: where somebody was, what a key may do, by what an export was filtered. */
export function auditRemark({ kind, details }: AuditedEvent): string | null {
  const detail = reader(details);
  const network = detail("network");
  if (network !== null) return network === "unknown" ? null : `from ${network}`;
  if (kind === "KEY_CREATED") return `may ${(detail("scopes") ?? "").replace(", ", " and ")}`;
  if (kind === "SESSION_REVOKED") {
    return detail("reason") === "token-reused"
      ? "An old token of it came back: somebody may have copied it."
      : "The password was changed while it began.";
  }
  const filter = detail("filter");
  return filter === null ? null : `filtered by ${filter}`;
}

function actorOf({ actor }: AuditedEvent, myId: string | null): string {
  if (actor.id !== null && actor.id === myId) return "You";
  if (actor.name !== null) return actor.kind === "KEY" ? `The program ${actor.name}` : actor.name;
  if (actor.kind === "COMMAND_LINE") return "The command line";
  return actor.kind === "SYSTEM" ? "Ringback" : "Somebody";
}

function deedOf({ kind, target, details }: AuditedEvent): string {
  const detail = reader(details);
  const whom = target?.name ?? "somebody";
  const role = roleText(detail("role"));
  const count = Number((detail("count") ?? "").replace("+", ""));
  switch (kind) {
    case "SIGNED_IN":
      return "signed in";
    case "SIGN_IN_REFUSED":
      return `could not sign in as ${whom}${count > 1 ? `, ${countOf(count, "more time")}` : ""}`;
    case "SIGNED_OUT":
      return "signed out";
    case "SIGNED_OUT_EVERYWHERE":
      return "signed out everywhere";
    case "SESSION_REVOKED":
      return `ended a session of ${whom}`;
    case "WORKSPACE_SET_UP":
      return "set the workspace up";
    case "USER_ADDED":
      return `added ${whom} as ${role}`;
    case "USER_INVITED":
      return `invited somebody as ${role}`;
    case "INVITATION_WITHDRAWN":
      return "withdrew an invitation";
    case "USER_JOINED":
      return detail("role") === null ? "joined" : `joined as ${role}`;
    case "ROLE_CHANGED":
      return `made ${whom} ${role}`;
    case "USER_DISABLED":
      return `disabled ${whom}`;
    case "USER_ENABLED":
      return `enabled ${whom}`;
    case "PASSWORD_CHANGED":
      return `set another password for ${whom}`;
    case "KEY_CREATED":
      return `created the API key ${whom}`;
    case "KEY_REVOKED":
      return `revoked the API key ${whom}`;
    case "SOURCE_ADDED":
      return `added the source ${whom}`;
    case "SOURCE_RENAMED":
      return `renamed the source ${detail("before") ?? ""} to ${whom}`;
    case "SOURCE_KEY_REPLACED":
      return `replaced the key of the source ${whom}`;
    case "SOURCE_DISABLED":
      return `disabled the source ${whom}`;
    case "SOURCE_ENABLED":
      return `enabled the source ${whom}`;
    case "SOURCE_REMOVED":
      return `removed the source ${whom}`;
    case "SETTINGS_CHANGED":
      return settingsText(detail);
    case "COUNTRY_CHANGED":
      return countryText(detail("country"), target?.name ?? null);
    case "CALLS_EXPORTED":
      return `exported ${atLeast(detail("count"), count)} as ${formatText(detail("format"))}`;
    case "CALLS_IMPORTED":
      return `imported calls into the source ${whom}`;
    case "CONTACTS_EXPORTED":
      return `exported all contacts as ${formatText(detail("format"))}`;
    case "CONTACTS_IMPORTED":
      return `imported ${countOf(count, "contact")}`;
    case "NUMBER_FORGOTTEN":
      return `deleted ${countOf(count, "call")} of a number`;
    default:
      return `did something that this version of the app does not know (${kind})`;
  }
}

function reader(details: AuditedEvent["details"]): (name: string) => string | null {
  return (name) => details.find((one) => one.name === name)?.value ?? null;
}

function roleText(role: string | null): string {
  return role === "admin" ? "an admin" : `a ${role ?? "member"}`;
}

function settingsText(detail: (name: string) => string | null): string {
  const [name, timeZone, days] = [detail("name"), detail("timeZone"), detail("callsKeptDays")];
  const parts = [
    name !== null && `named the workspace ${name}`,
    timeZone !== null && `set its time zone to ${timeZone}`,
    days !== null && `had calls kept ${days === "all" ? "for ever" : `for ${countOf(Number(days), "day")}`}`,
  ];
  return parts.filter(Boolean).join(" and ") || "changed the settings of the workspace";
}

function countryText(country: string | null, source: string | null): string {
  const where = source === null ? "" : ` of the source ${source}`;
  if (country === null) return `took the default country${where} away`;
  const name = new Intl.DisplayNames(undefined, { type: "region" }).of(country) ?? country;
  return `had numbers${where} read as those of ${name}`;
}

function atLeast(text: string | null, count: number): string {
  return `${text?.endsWith("+") === true ? "at least " : ""}${countOf(count, "call")}`;
}

const formats: Readonly<Record<string, string>> = {
  csv: "CSV",
  "csv-exact": "exact CSV",
  ndjson: "NDJSON",
  vcard: "vCard",
};

function formatText(format: string | null): string {
  return formats[format ?? ""] ?? "a file";
}

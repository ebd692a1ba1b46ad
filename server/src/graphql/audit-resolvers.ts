import type { AuditActor, AuditFilter, AuditKind as DomainAuditKind } from "../domain/audit.ts";
import { auditPageDefault } from "../domain/audit-log.ts";
import { readInstant } from "../domain/read-instant.ts";
import { isoTime } from "./iso-time.ts";
import { signedIn } from "./resolver-context.ts";
import type { AuditActorKind, AuditFilter as GivenFilter, AuditKind, Resolvers } from "./schema.gen.ts";

const kindNames = {
  "signed-in": "SIGNED_IN",
  "sign-in-refused": "SIGN_IN_REFUSED",
  "signed-out": "SIGNED_OUT",
  "signed-out-everywhere": "SIGNED_OUT_EVERYWHERE",
  "session-revoked": "SESSION_REVOKED",
  "workspace-set-up": "WORKSPACE_SET_UP",
  "user-added": "USER_ADDED",
  "user-invited": "USER_INVITED",
  "invitation-withdrawn": "INVITATION_WITHDRAWN",
  "user-joined": "USER_JOINED",
  "role-changed": "ROLE_CHANGED",
  "user-disabled": "USER_DISABLED",
  "user-enabled": "USER_ENABLED",
  "password-changed": "PASSWORD_CHANGED",
  "key-created": "KEY_CREATED",
  "key-revoked": "KEY_REVOKED",
  "source-added": "SOURCE_ADDED",
  "source-renamed": "SOURCE_RENAMED",
  "source-key-replaced": "SOURCE_KEY_REPLACED",
  "source-disabled": "SOURCE_DISABLED",
  "source-enabled": "SOURCE_ENABLED",
  "source-removed": "SOURCE_REMOVED",
  "settings-changed": "SETTINGS_CHANGED",
  "country-changed": "COUNTRY_CHANGED",
  "calls-exported": "CALLS_EXPORTED",
  "calls-imported": "CALLS_IMPORTED",
  "number-forgotten": "NUMBER_FORGOTTEN",
  "contacts-exported": "CONTACTS_EXPORTED",
  "contacts-imported": "CONTACTS_IMPORTED",
} as const satisfies Record<DomainAuditKind, AuditKind>;

const kindsNamed = Object.fromEntries(Object.entries(kindNames).map(([kind, name]) => [name, kind])) as Readonly<
  Record<AuditKind, DomainAuditKind>
>;

const actorNames = {
  user: "USER",
  key: "KEY",
  source: "SOURCE",
  system: "SYSTEM",
  "command-line": "COMMAND_LINE",
  stranger: "STRANGER",
} as const satisfies Record<AuditActor["kind"], AuditActorKind>;

/** Who came in, and what was decided. */
export const auditQueries = {
  async auditEvents(_root, { filter, first, after }, context) {
    const asked = readFilter(filter ?? {});
    const page = await context.desk.audit.events(signedIn(context), asked, after ?? null, first ?? auditPageDefault);
    return { nodes: page.events, hasNextPage: page.hasNextPage, endCursor: page.endCursor };
  },
} as const satisfies Resolvers["Query"];

export const auditTypes = {
  AuditEvent: {
    id: ({ id }) => String(id),
    kind: ({ kind }) => kindNames[kind],
    at: ({ atMs }) => isoTime(atMs),
    actor: ({ actor, actorName }) => ({
      kind: actorNames[actor.kind],
      id: "id" in actor ? actor.id : null,
      name: actorName,
    }),
    details: ({ details }) => Object.entries(details).map(([name, value]) => ({ name, value })),
  },
} as const satisfies Resolvers;

/** @throws DomainError BAD_USER_INPUT */
function readFilter({ kinds, actor, at }: GivenFilter): AuditFilter {
  return {
    kinds: kinds == null ? null : [...new Set(kinds)].map((kind) => kindsNamed[kind]),
    actorId: actor ?? null,
    fromMs: at?.from == null ? null : readInstant("at", at.from),
    beforeMs: at?.before == null ? null : readInstant("at", at.before),
  };
}

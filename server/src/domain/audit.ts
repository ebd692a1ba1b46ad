import type { Actor } from "./change.ts";
import type { Awaitable } from "./storage.ts";

/** What is told beside the changes of calls: who came in, and what was decided about people, programs, phone systems and data. */
export const auditKinds = [
  "signed-in",
  "sign-in-refused",
  "signed-out",
  "signed-out-everywhere",
  "session-revoked",
  "workspace-set-up",
  "user-added",
  "user-invited",
  "invitation-withdrawn",
  "user-joined",
  "role-changed",
  "user-disabled",
  "user-enabled",
  "password-changed",
  "key-created",
  "key-revoked",
  "source-added",
  "source-renamed",
  "source-key-replaced",
  "source-disabled",
  "source-enabled",
  "source-removed",
  "settings-changed",
  "country-changed",
  "calls-exported",
  "calls-imported",
  "number-forgotten",
  "contacts-exported",
  "contacts-imported",
] as const;

export type AuditKind = (typeof auditKinds)[number];

/** Who did it: as in the change log, or whoever runs commands on the server's machine, or somebody who did not prove who they are. */
export type AuditActor = Actor | { readonly kind: "command-line" } | { readonly kind: "stranger" };

/** One thing that was done, as whoever does it tells it. */
export type Deed = {
  readonly kind: AuditKind;
  /** Whom or what it was done to, under its name of that moment: a person, a key, a source. */
  readonly target?: AuditTarget | undefined;
  /** More of it, as plain texts: `role`, `format`, `count` and so on. Never a secret, a note or a whole address. */
  readonly details?: Readonly<Record<string, string>> | undefined;
};

export type AuditTarget = { readonly id: string; readonly name: string };

/** A {@link Deed} with who did it, where and when. What writes take along into their transaction: see `Keep`. */
export type AuditEntry = Deed & {
  readonly workspaceId: number;
  readonly actor: AuditActor;
  readonly atMs: number;
};

/** An entry as it is kept: it is never altered, and goes when its time is over. */
export type AuditEvent = {
  /** Grows within a workspace among those of one instant. */
  readonly id: number;
  readonly kind: AuditKind;
  readonly atMs: number;
  readonly actor: AuditActor;
  /** What the actor is called now; null for those who have no name. */
  readonly actorName: string | null;
  readonly target: AuditTarget | null;
  readonly details: Readonly<Record<string, string>>;
};

/** Lets through what meets all that is said; null lets everything through. */
export type AuditFilter = {
  readonly kinds: readonly AuditKind[] | null;
  /** The id of a person or a key. */
  readonly actorId: string | null;
  readonly fromMs: number | null;
  readonly beforeMs: number | null;
};

/** A place in the log, which is ordered by time and then id, newest first. */
export type AuditPosition = { readonly atMs: number; readonly id: number };

/**
 * The audit log of each workspace. What is written comes from here only where nothing else is written with it; all other entries are
 * left by the write that they tell of, in its transaction.
 */
export interface AuditStore {
  record(entry: AuditEntry): Promise<void>;
  /** The newest that the filter lets through after a place, in order. Indices answer it. */
  page(
    workspaceId: number,
    filter: AuditFilter,
    after: AuditPosition | null,
    limit: number,
  ): Awaitable<readonly AuditEvent[]>;
  /** Forgets at most `limit` entries of before `beforeMs`, the oldest first; returns how many went. */
  prune(workspaceId: number, beforeMs: number, limit: number): Promise<number>;
}

export function auditActorText(actor: AuditActor): string {
  return "id" in actor ? `${actor.kind}:${actor.id}` : actor.kind;
}

export function parseAuditActor(text: string): AuditActor {
  const [kind = "", ...id] = text.split(":");
  if (kind === "user" || kind === "key" || kind === "source") return { kind, id: id.join(":") };
  return { kind: kind === "command-line" || kind === "stranger" ? kind : "system" };
}

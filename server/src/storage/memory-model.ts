import type { Call, CallOutcome, FeedPosition, Person } from "../domain/call.ts";
import type { Actor, Altered, Change, ChangeKind } from "../domain/change.ts";
import { groupOf, tellGroups } from "../domain/call-counts.ts";
import { callNotFound, unauthenticated } from "../domain/errors.ts";
import { type CallFilter, matches } from "../domain/filter.ts";
import { callFromFacts, foldFacts, notesBeyond } from "../domain/folding.ts";
import type { Keep } from "../domain/kept-answers.ts";
import type { RevocationReason, RotationOutcome, Session } from "../domain/session.ts";
import type { Delivery, Source, Verdict } from "../domain/source.ts";
import type { CheckReport, Storage, Writing } from "../domain/storage.ts";
import { figuresOf, returnedAmong } from "./memory-returns.ts";
import { numberKey, type NumberKeys } from "../domain/number-key.ts";
import { needsCountry } from "../domain/phone-numbers.ts";
import { asksForOtherEnd, nobody, type OtherEnd } from "../domain/other-end.ts";
import { otherKey, sameState } from "../domain/returns.ts";
import { createMemoryAudit } from "./memory-audit.ts";
import { createMemoryPeople } from "./memory-people.ts";
import { createMemoryUnread } from "./memory-unread.ts";
import { createMemoryWebhooks } from "./memory-webhooks.ts";
import { firstWorkspaceId, type User, usernameKey, type Workspace } from "../domain/workspace.ts";
import { createMemoryContacts } from "./memory-contacts.ts";
import {
  conflictReason,
  idempotencyKeptMs,
  idempotencyMismatch,
  isBarred,
  keyAmiss,
  nameTaken,
  nothingNewReason,
  repeatReason,
  resumeGap,
  sourceTaken,
  storageClosed,
  userNotFound,
  workspaceNameTaken,
  workspaceNotFound,
} from "./answers.ts";
import {
  createMemoryDesk,
  deliveryId,
  keepDelivery,
  type MemoryDelivery,
  type MemoryGroup,
  type MemorySource,
  untouched,
} from "./memory-desk.ts";
import { checkRevision, createMemoryEdits } from "./memory-edits.ts";
import { createMemoryRetention } from "./memory-retention.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Shelf = Mutable<Workspace> & { lastCallId: number; lastNoteId: number; calls: Call[]; changes: KeptChange[] };
type KeptChange = Omit<Change, "actorName">;
type KeptKey = {
  readonly id: string;
  readonly fingerprint: string;
  readonly part: string;
  atMs: number;
  answer: unknown;
};

/**
 * The promises of {@link Storage} in the plainest form: arrays, full scans, nothing durable. Used by tests only, as the
 * model that the databases are compared with and as a stand-in for them. `addWorkspace` makes a further workspace.
 */
export function createMemoryStorage({ numberKeys = numberKey }: { readonly numberKeys?: NumberKeys } = {}): Storage & {
  addWorkspace(id: number, name: string): void;
} {
  const shelves: Shelf[] = [];
  const users: { user: User; passwordHash: string }[] = [];
  const sessions: Session[] = [];
  const sources: MemorySource[] = [];
  const deliveries = new Map<string, MemoryDelivery>();
  const groups = new Map<string, MemoryGroup>();
  let keys: KeptKey[] = [];
  const listeners = new Set<(workspaceId: number, revision: number) => void>();
  const auditing = createMemoryAudit({
    read,
    write,
    nameOf: (workspaceId, actor) => {
      if (actor.kind === "user") return users.find(({ user }) => user.id === actor.id)?.user.username ?? null;
      return actor.kind === "key" ? (people.keyName(workspaceId, actor.id) ?? null) : null;
    },
  });
  const people = createMemoryPeople({ read, write, addUser, record: auditing.record });
  let isClosed = false;
  const contacts = createMemoryContacts({
    read,
    write,
    keyed,
    hasSource: (workspaceId, id) =>
      sources.some(({ source }) => source.workspaceId === workspaceId && source.id === id),
    sourceOf: (workspaceId, callId) => sourceOfGroup([...groups], workspaceId, callId),
    countrySet: (workspaceId, atMs) => settling({ workspaceId, actor: { kind: "system" }, atMs }, () => undefined),
  });

  const seen = createMemoryUnread({ read, keyed, calls: feed, revision: revisionOf });
  const webhooks = createMemoryWebhooks({
    read,
    write,
    keyed,
    revision: revisionOf,
    hasCall: (workspaceId, callId) => feed(workspaceId).some(({ id }) => id === callId),
  });
  const { retention, barred } = createMemoryRetention({
    write,
    shelf,
    keyOf,
    deliveries,
    groups,
    keptDays: (workspaceId) => keptDays(workspaceId),
    gone: (workspaceId, callId) => {
      seen.forget(workspaceId, callId);
      webhooks.gone(workspaceId, callId);
      keys = keys.flatMap((key) => withoutCall(key, workspaceId, callId));
    },
  });
  const { keptDays, ...desk } = createMemoryDesk({
    sources,
    deliveries,
    groups,
    shelf,
    read,
    write,
    keyed,
    knownCall,
    withNotes,
    commit,
    told,
    settling,
    barred,
  });

  addWorkspace(firstWorkspaceId, "main");
  return {
    addWorkspace,
    workspaces: {
      find: (workspaceId) => read(() => workspaceOf(shelves.find(({ id }) => id === workspaceId))),
      list: () => read(() => shelves.map((shelf) => workspaceOf(shelf)).toSorted((a, b) => a.id - b.id)),
      add: (name) =>
        write(() => {
          if (shelves.some((shelf) => shelf.name === name)) throw workspaceNameTaken();
          const id = Math.max(...shelves.map((shelf) => shelf.id)) + 1;
          addWorkspace(id, name);
          return workspaceOf(shelf(id));
        }),
    },
    calls: {
      page: (workspaceId, offset, limit, filter = null) =>
        read(() => {
          const calls = matching(workspaceId, filter);
          const revision = revisionOf(workspaceId);
          return { calls: calls.slice(offset, offset + limit), totalCount: calls.length, revision };
        }),
      find: (workspaceId, callId) => read(() => feed(workspaceId).find(({ id }) => id === callId) ?? null),
      places: (workspaceId, offset, limit) =>
        read(() => {
          const calls = feed(workspaceId);
          const callIds = calls.slice(offset, offset + limit).map(({ id }) => id);
          return { callIds, totalCount: calls.length, revision: revisionOf(workspaceId) };
        }),
      some: (workspaceId, callIds) =>
        read(() => {
          const calls = callIds.flatMap((callId) => feed(workspaceId).filter(({ id }) => id === callId));
          return { calls, revision: revisionOf(workspaceId) };
        }),
      walk: (workspaceId, { filter, order, after, before, limit }) =>
        read(() => {
          const isNewestFirst = order === "newest-first";
          const [newest, oldest] = isNewestFirst ? [after, before] : [before, after];
          const between = matching(workspaceId, filter).filter(
            (call) => (newest === null || isAfter(call, newest)) && (oldest === null || isAfter(oldest, call)),
          );
          const calls = (isNewestFirst ? between : between.toReversed()).slice(0, limit);
          return { calls, hasMore: calls.length < between.length, stoppedAt: null };
        }),
      count: (workspaceId, filter) =>
        read(() => ({ count: matching(workspaceId, filter).length, isExact: true, scanned: 0 })),
      otherEnds: (workspaceId, callIds) =>
        read(() => {
          const calls = feed(workspaceId).filter(({ id }) => callIds.includes(id));
          return new Map(calls.map((call) => [call.id, otherEnd(workspaceId, call)]));
        }),
      counts: (workspaceId, question) =>
        read(() => {
          const counts = new Map<string | number, number>();
          for (const call of matching(workspaceId, question.filter)) {
            const group = groupOf(question, call);
            counts.set(group, (counts.get(group) ?? 0) + 1);
          }
          return tellGroups(question.by, counts, { isExact: true, scanned: 0 });
        }),
      unsettled: () => 0,
      returns: (workspaceId, filter) => read(() => figuresOf(matching(workspaceId, filter))),
      after: (workspaceId, position, limit, filter = null) =>
        read(() =>
          matching(workspaceId, filter)
            .filter((call) => position === null || isAfter(call, position))
            .slice(0, limit),
        ),
      toggleArchived: (writing, callId) =>
        write(() =>
          once(writing, () => {
            const call = checkRevision(writing, knownCall(writing.workspaceId, callId));
            const kind = call.isArchived ? "call.unarchived" : "call.archived";
            return commit(writing, kind, { ...call, isArchived: !call.isArchived }, { part: "archived" });
          }),
        ),
      addNote: (writing, callId, content) =>
        write(() =>
          once(writing, () => {
            const call = checkRevision(writing, knownCall(writing.workspaceId, callId));
            const noted = withNotes(writing, call, [content]);
            const noteId = noted.notes[0]?.id ?? 0;
            return commit(writing, "note.added", noted, { part: "note", noteId, before: null });
          }),
        ),
      ...createMemoryEdits({
        write,
        once,
        calls: feed,
        knownCall,
        changes: (workspaceId) => shelf(workspaceId).changes,
        commit,
        member: (workspaceId, userId) => {
          const user = users.find((known) => known.user.id === userId)?.user;
          return user?.workspaceId === workspaceId && !user.isDisabled ? personOf(user) : null;
        },
      }),
    },
    changes: {
      head: (workspaceId) => read(() => ({ epoch: shelf(workspaceId).epoch, revision: shelf(workspaceId).revision })),
      after: (workspaceId, revision, limit) => read(() => after(workspaceId, revision, limit).map(withActorName)),
      changedCalls: (workspaceId, revision, limit) =>
        read(() => after(workspaceId, revision, limit).map(({ call }) => call.id)),
      latest: (workspaceId, { callId, before }, limit) =>
        read(() =>
          (shelves.find(({ id }) => id === workspaceId)?.changes ?? [])
            .filter(({ call, kind }) => callId === null || (call.id === callId && kind !== "call.deleted"))
            .filter(({ revision }) => before === null || revision < before)
            .toReversed()
            .slice(0, limit)
            .map(withActorName),
        ),
      prune: (workspaceId, beforeMs, keepCount) =>
        write(() => {
          const { changes } = shelf(workspaceId);
          const young = changes.findIndex(({ atMs }) => atMs >= beforeMs);
          const count = Math.min(young === -1 ? changes.length : young, Math.max(0, changes.length - keepCount));
          return changes.splice(0, count).length;
        }),
      onCommit: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    users: {
      byName: (nameKey) => read(() => users.find(({ user }) => usernameKey(user.username) === nameKey) ?? null),
      find: (userId) => read(() => users.find(({ user }) => user.id === userId)?.user ?? null),
      list: (workspaceId) =>
        read(() =>
          users
            .map(({ user }) => user)
            .filter((user) => user.workspaceId === workspaceId)
            .toSorted((a, b) => compareText(usernameKey(a.username), usernameKey(b.username))),
        ),
      count: () => read(() => users.length),
      add: (user, passwordHash, keep) => keyed(keep, () => addUser(user, passwordHash)),
      addFirst: (user, passwordHash, keep) =>
        keyed(keep, () => {
          if (users.length > 0) return false;
          addUser(user, passwordHash);
          return true;
        }),
      rehash: (userId, passwordHash) =>
        write(() => {
          knownUser(userId).passwordHash = passwordHash;
        }),
      changePassword: (userId, passwordHash, atMs, keep) =>
        keyed(keep, () => {
          knownUser(userId).passwordHash = passwordHash;
          return revokeAll(userId, "password-changed", atMs);
        }),
      setRole: (userId, role, atMs, keep) =>
        write(() => {
          const before = users.find(({ user }) => user.id === userId)?.user.role;
          const set = () => {
            const known = knownUser(userId);
            if (before === role) return [];
            known.user = { ...known.user, role };
            const ended = revokeAll(userId, "role-changed", atMs);
            return before === "admin" ? [...ended, ...people.endOf(userId, atMs)] : ended;
          };
          return people.kept.once(keep, set, undefined, () => before !== role);
        }),
      setDisabled: (userId, isDisabled, atMs, keep) =>
        write(() => {
          const before = users.find(({ user }) => user.id === userId)?.user.isDisabled;
          const set = () => {
            const known = knownUser(userId);
            known.user = { ...known.user, isDisabled };
            if (!isDisabled) return [];
            return [...revokeAll(userId, "user-disabled", atMs), ...people.endOf(userId, atMs)];
          };
          return people.kept.once(keep, set, undefined, () => before !== isDisabled);
        }),
    },
    sessions: {
      find: (sessionId) => read(() => sessions.find(({ id }) => id === sessionId) ?? null),
      add: (session, keep) =>
        keyed(keep, () => {
          const user = users.find((known) => known.user.id === session.userId)?.user;
          if (user === undefined || user.isDisabled) throw unauthenticated();
          sessions.push(session);
        }),
      rotate: ({ sessionId, generation, atMs, graceMs, keyId }, keep) => {
        const rotated = (): RotationOutcome => {
          const session = sessions.find(({ id }) => id === sessionId);
          if (session === undefined || !isLive(session, atMs)) return { kind: "ended" };
          if (generation > session.generation) return { kind: "ahead" };
          if (generation === session.generation) {
            const next = { ...session, generation: generation + 1, generationIssuedAtMs: atMs, keyId };
            return { kind: "rotated", session: replace(next) };
          }
          if (generation === session.generation - 1 && atMs - session.generationIssuedAtMs <= graceMs) {
            return { kind: "repeated", session };
          }
          return { kind: "reused", session: revoked(session, "token-reused", atMs) };
        };
        return write(() => people.kept.once(keep, rotated, undefined, ({ kind }) => kind === "reused"));
      },
      revoke: (sessionId, reason, atMs, keep) =>
        keyed(keep, () => {
          const session = sessions.find(({ id }) => id === sessionId);
          if (session === undefined || !isLive(session, atMs)) return false;
          revoked(session, reason, atMs);
          return true;
        }),
      revokeAll: (userId, reason, atMs, keep) => keyed(keep, () => revokeAll(userId, reason, atMs)),
      revokedSince: (sinceMs) =>
        read(() =>
          sessions.flatMap(({ id: sessionId, revokedAtMs }) =>
            revokedAtMs !== null && revokedAtMs >= sinceMs ? [{ sessionId, revokedAtMs }] : [],
          ),
        ),
      prune: (beforeMs) =>
        write(() => {
          const kept = sessions.filter(({ endsAtMs }) => endsAtMs >= beforeMs);
          return sessions.splice(0, sessions.length, ...kept).length - kept.length;
        }),
    },
    sources: {
      byKeyHash: (keyHash) =>
        read(() => sources.find((known) => known.keyHash === keyHash && known.isDisabled !== true)?.source ?? null),
      list: (workspaceId) =>
        read(() =>
          sources
            .map(({ source }) => source)
            .filter((source) => source.workspaceId === workspaceId)
            .toSorted((a, b) => compareText(a.name, b.name)),
        ),
      add: (source, keyHash, keep) =>
        keyed(keep, () => {
          const isTaken = sources.some(
            (known) =>
              known.keyHash === keyHash ||
              (known.source.workspaceId === source.workspaceId && known.source.name === source.name),
          );
          if (isTaken) throw sourceTaken();
          sources.push({ source, keyHash });
        }),
      remove: (workspaceId, sourceId, keep) =>
        keyed(keep, () => {
          const at = sources.findIndex(({ source }) => source.id === sourceId && source.workspaceId === workspaceId);
          return at !== -1 && sources.splice(at, 1).length === 1;
        }),
      accept: (source, batch, receivedAtMs, keep) =>
        keyed(keep, () => {
          const by = { workspaceId: source.workspaceId, actor: { kind: "source", id: source.id } } as const;
          return settling({ ...by, atMs: receivedAtMs }, () =>
            batch.map((delivery) => acceptOne(source, delivery, receivedAtMs)),
          );
        }),
    },
    ...desk,
    apiKeys: people.apiKeys,
    invitations: people.invitations,
    keptAnswers: people.kept.store,
    contacts: contacts.contacts,
    numbers: contacts.numbers,
    unread: seen.unread,
    webhooks: webhooks.store,
    audit: auditing.audit,
    retention,
    movedTo: () => read(() => null),
    check: async () => read(checkReport),
    close: async () => {
      isClosed = true;
    },
  };

  function addUser(user: User, passwordHash: string): void {
    const isTaken = users.some((other) => usernameKey(other.user.username) === usernameKey(user.username));
    if (isTaken) throw nameTaken();
    users.push({ user, passwordHash });
    seen.welcome(user.workspaceId, user.id);
  }

  function addWorkspace(id: number, name: string): void {
    const epoch = Math.random().toString(36).slice(2, 14);
    shelves.push({ id, name, epoch, revision: 0, lastCallId: 0, lastNoteId: 0, calls: [], changes: [] });
  }

  function read<T>(answer: () => T): T {
    if (isClosed) throw storageClosed();
    return answer();
  }

  function keyed<T>(keep: Keep | undefined, run: () => T): Promise<T> {
    return write(() => people.kept.once(keep, run, (outcome) => outcome !== false));
  }

  async function write<T>(run: () => T): Promise<T> {
    const before = new Map(shelves.map(({ id, revision }) => [id, revision]));
    const answer = read(run);
    for (const { id, revision } of shelves) {
      if (revision !== before.get(id)) for (const listener of listeners) listener(id, revision);
    }
    return answer;
  }

  function shelf(workspaceId: number): Shelf {
    const found = shelves.find(({ id }) => id === workspaceId);
    if (found === undefined) throw workspaceNotFound();
    return found;
  }

  function feed(workspaceId: number): readonly Call[] {
    const calls = shelves.find(({ id }) => id === workspaceId)?.calls ?? [];
    return calls.toSorted((a, b) => b.createdAtMs - a.createdAtMs || b.id - a.id);
  }

  function matching(workspaceId: number, filter: CallFilter | null): readonly Call[] {
    if (filter === null) return feed(workspaceId);
    const asks = asksForOtherEnd(filter);
    const isUnread = (userId: string, callId: number) => seen.isUnread(workspaceId, userId, callId);
    return feed(workspaceId).filter((call) =>
      matches(filter, call, asks ? otherEnd(workspaceId, call) : nobody, isUnread),
    );
  }

  function otherEnd(workspaceId: number, call: Call): OtherEnd {
    const key = keyOf(workspaceId, call);
    const shown = key === null ? null : contacts.shown(workspaceId, key);
    return { key, contact: shown && { name: shown.name, company: shown.company } };
  }

  function revisionOf(workspaceId: number): number {
    return shelves.find(({ id }) => id === workspaceId)?.revision ?? 0;
  }

  function knownCall(workspaceId: number, callId: number): Call {
    const call = feed(workspaceId).find(({ id }) => id === callId);
    if (call === undefined) throw callNotFound();
    return call;
  }

  function knownUser(userId: string): { user: User; passwordHash: string } {
    const known = users.find(({ user }) => user.id === userId);
    if (known === undefined) throw userNotFound();
    return known;
  }

  /** @param contents newest first, as they are to be read in front of the call's notes. */
  function withNotes({ workspaceId, actor, atMs }: Author, call: Call, contents: readonly string[]): Call {
    const target = shelf(workspaceId);
    const author = actor.kind === "user" ? personOf(users.find(({ user }) => user.id === actor.id)?.user) : null;
    const added = contents
      .toReversed()
      .map((content) => ({ id: ++target.lastNoteId, content, author, createdAtMs: atMs, editedAtMs: null }));
    return { ...call, notes: [...added.toReversed(), ...call.notes] };
  }

  function commit(
    { workspaceId, actor, atMs }: Author,
    kind: ChangeKind,
    altered: Call,
    what: Altered | null = null,
    undoes: number | null = null,
  ): Call {
    const target = shelf(workspaceId);
    target.revision += 1;
    const { revision } = target;
    const call = { ...altered, revision };
    target.calls = [...target.calls.filter(({ id }) => id !== call.id), call];
    target.changes.push({ workspaceId, revision, kind, atMs, actor, call, altered: what, undoes });
    seen.tell({ workspaceId, actor, atMs }, kind, call);
    return call;
  }

  /** The call with the state that it has among the calls as they are. */
  function told(workspaceId: number, call: Call): Call {
    const key = (one: Call) => keyOf(workspaceId, one);
    return { ...call, returned: returnedAmong(shelf(workspaceId).calls, call, key) };
  }

  function keyOf(workspaceId: number, call: Call): string | null {
    return otherKey(call, (text) => {
      if (!needsCountry(text)) return numberKey(text);
      return numberKeys(text, contacts.countryOf(workspaceId, sourceOfGroup([...groups], workspaceId, call.id)));
    });
  }

  /** Runs a write about what sources tell, then brings the states of all calls up to date. */
  function settling<T>(author: Author, run: () => T): T {
    const target = shelf(author.workspaceId);
    const { revision } = target;
    const answer = run();
    for (const call of target.calls.toSorted((a, b) => a.id - b.id)) {
      const after = told(author.workspaceId, call);
      if (sameState(after.returned, call.returned)) continue;
      if (call.revision <= revision) {
        commit(author, after.returned === "waiting" ? "call.unreturned" : "call.returned", after);
        continue;
      }
      target.calls = target.calls.map((one) => (one.id === call.id ? after : one));
      const at = target.changes.findIndex((one) => one.revision === call.revision);
      target.changes = target.changes.with(at, { ...(target.changes[at] as KeptChange), call: after });
    }
    return answer;
  }

  /** @throws DomainError RESUME_GAP */
  function after(workspaceId: number, revision: number, limit: number): readonly KeptChange[] {
    const { changes, revision: head } = shelf(workspaceId);
    if (revision + 1 < (changes[0]?.revision ?? head + 1)) throw resumeGap();
    return changes.filter((change) => change.revision > revision).slice(0, limit);
  }

  function withActorName(change: KeptChange): Change {
    const { actor, workspaceId } = change;
    if (actor.kind === "system") return { ...change, actorName: null };
    const nameOf = {
      user: () => users.find(({ user }) => user.id === actor.id)?.user.username,
      key: () => people.keyName(workspaceId, actor.id),
      source: () =>
        sources.find(({ source }) => source.id === actor.id && source.workspaceId === workspaceId)?.source.name,
    }[actor.kind];
    return { ...change, actorName: nameOf() ?? null };
  }

  function once<T>(writing: Writing, run: () => T): T {
    const { idempotency, workspaceId, actor, atMs } = writing;
    if (idempotency === undefined) return run();
    const id = JSON.stringify([workspaceId, actor, idempotency.key]);
    keys = keys.filter((key) => key.id !== id || atMs - key.atMs < idempotencyKeptMs);
    const used = keys.filter((key) => key.id === id);
    if (used.some(({ fingerprint }) => fingerprint !== idempotency.fingerprint)) throw idempotencyMismatch();
    const same = used.find(({ part }) => part === idempotency.part);
    // The same request asks for the same kind of write, so what is kept is of its type.
    if (same !== undefined) return same.answer as T;
    const answer = run();
    keys.push({ id, fingerprint: idempotency.fingerprint, part: idempotency.part, atMs, answer });
    return answer;
  }

  function acceptOne(source: Source, delivery: Delivery, receivedAtMs: number): Verdict {
    const { deliveryKey, groupKey, digest, raw } = delivery;
    const kept = { workspaceId: source.workspaceId, sourceId: source.id, groupKey, digest, raw, receivedAtMs };
    const first = deliveries.get(deliveryId(source.workspaceId, source.id, deliveryKey));
    if (first !== undefined) {
      const isSame = first.digest === digest;
      if (!isSame) {
        const key = keyAmiss("conflicting", digest);
        const amiss = { deliveryKey: key, verdict: "conflicting", callId: null, reason: conflictReason } as const;
        keepDelivery(deliveries, { ...kept, ...amiss });
      }
      return {
        verdict: isSame ? "duplicate" : "conflicting",
        callId: first.callId,
        reason: isSame ? repeatReason : conflictReason,
      };
    }
    const verdict = fold(source, delivery, receivedAtMs);
    if (isBarred(verdict)) return verdict;
    keepDelivery(deliveries, { ...kept, deliveryKey, ...verdict });
    return verdict;
  }

  function fold(source: Source, { facts, groupKey, problem }: Delivery, receivedAtMs: number): Verdict {
    if (facts === null) return { verdict: "ignored", callId: null, reason: problem };
    const groupId = JSON.stringify([source.workspaceId, source.id, groupKey]);
    const group = groups.get(groupId);
    const { workspaceId } = source;
    const writing = { workspaceId, actor: { kind: "source", id: source.id }, atMs: receivedAtMs } as const;
    if (group === undefined) {
      const bar = barred(workspaceId, groupId, facts, receivedAtMs);
      if (bar !== null) return bar;
      const { notes, ...fresh } = callFromFacts(facts, receivedAtMs);
      const id = ++shelf(workspaceId).lastCallId;
      const call = withNotes(writing, { id, ...fresh, ...untouched }, notes);
      groups.set(groupId, { callId: id, firstReceivedAtMs: receivedAtMs, facts });
      commit(writing, "call.logged", told(workspaceId, call));
      return { verdict: "new", callId: id, reason: null };
    }
    const before = knownCall(workspaceId, group.callId);
    const newNotes = notesBeyond(facts.notes, group.facts.notes);
    group.facts = foldFacts(group.facts, facts);
    const { notes: _, isArchived: __, ...rest } = callFromFacts(group.facts, group.firstReceivedAtMs);
    const after = withNotes(writing, { ...before, ...rest }, newNotes);
    const isTold = toldFields.some((field) => after[field] !== before[field]);
    const isAltered = newNotes.length > 0 || isTold;
    if (!isAltered) return { verdict: "duplicate", callId: before.id, reason: nothingNewReason };
    commit(writing, "call.updated", isTold ? told(workspaceId, after) : after);
    return { verdict: "merged", callId: before.id, reason: null };
  }

  function replace(session: Session): Session {
    sessions[sessions.findIndex(({ id }) => id === session.id)] = session;
    return session;
  }

  function revoked(session: Session, reason: RevocationReason, atMs: number): Session {
    return replace({ ...session, revokedAtMs: atMs, revokedReason: reason });
  }

  function revokeAll(userId: string, reason: RevocationReason, atMs: number): readonly string[] {
    const live = sessions.filter((session) => session.userId === userId && isLive(session, atMs));
    for (const session of live) revoked(session, reason, atMs);
    return live.map(({ id }) => id);
  }

  function checkReport(): CheckReport {
    const calls = shelves.flatMap((shelf) => shelf.calls);
    return {
      counts: {
        workspaces: shelves.length,
        users: users.length,
        sessions: sessions.length,
        sources: sources.length,
        calls: calls.length,
        notes: calls.reduce((count, call) => count + call.notes.length, 0),
        changes: shelves.reduce((count, { changes }) => count + changes.length, 0),
        deliveries: deliveries.size,
      },
      problems: [],
    };
  }
}

/** The kept answer of a write, without a call that was deleted: as if there had been none of its id. */
function withoutCall(key: KeptKey, workspaceId: number, callId: number): readonly KeptKey[] {
  const [ofWorkspace] = JSON.parse(key.id) as [number];
  if (ofWorkspace !== workspaceId) return [key];
  if (!Array.isArray(key.answer)) return (key.answer as Call).id === callId ? [] : [key];
  const outcomes = key.answer as readonly CallOutcome[];
  const answer = outcomes.map((one) => (one.callId === callId ? { callId, outcome: "not-found", call: null } : one));
  return [{ ...key, answer }];
}

type Author = { readonly workspaceId: number; readonly actor: Actor; readonly atMs: number };

function personOf(user: User): Person;
function personOf(user: User | undefined): Person | null;
function personOf(user: User | undefined): Person | null {
  return user === undefined ? null : { id: user.id, username: user.username };
}

function sourceOfGroup(groups: readonly (readonly [string, MemoryGroup])[], workspaceId: number, callId: number) {
  for (const [id, group] of groups) {
    const [ofWorkspace, sourceId] = JSON.parse(id) as [number, string];
    if (ofWorkspace === workspaceId && group.callId === callId) return sourceId;
  }
  return null;
}

const toldFields = ["direction", "from", "to", "via", "durationMs", "callType", "createdAtMs"] as const;

function workspaceOf(shelf: Shelf): Workspace;
function workspaceOf(shelf: Shelf | undefined): Workspace | null;
function workspaceOf(shelf: Shelf | undefined): Workspace | null {
  if (shelf === undefined) return null;
  const { id, name, epoch, revision } = shelf;
  return { id, name, epoch, revision };
}

function isAfter(call: FeedPosition, { createdAtMs, id }: FeedPosition): boolean {
  return call.createdAtMs < createdAtMs || (call.createdAtMs === createdAtMs && call.id < id);
}

function isLive(session: Session, atMs: number): boolean {
  return session.revokedAtMs === null && atMs < session.endsAtMs;
}

/** By code points, as databases compare text, not by UTF-16 units. */
function compareText(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

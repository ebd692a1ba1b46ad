import { type ApiKey, keySessionId } from "../domain/api-key.ts";
import type { AuditEntry } from "../domain/audit.ts";
import { type Invitation, invitationSpent } from "../domain/invitation.ts";
import type { Keep } from "../domain/kept-answers.ts";
import type { ApiKeyStore, InvitationStore } from "../domain/storage.ts";
import type { User } from "../domain/workspace.ts";
import { keyNameTaken } from "./answers.ts";
import { createMemoryKeptAnswers } from "./memory-kept-answers.ts";

type KeptInvitation = { readonly invitation: Invitation; readonly tokenHash: string; isClosed: boolean };

/** Keys and invitations of the in-memory model. `endOf` takes away what a user made, as losing an admin's power does. */
export function createMemoryPeople({
  read,
  write,
  addUser,
  record,
}: {
  readonly read: <T>(answer: () => T) => T;
  readonly write: <T>(run: () => T) => Promise<T>;
  /** @throws DomainError CONFLICT */
  readonly addUser: (user: User, passwordHash: string) => void;
  /** Into the audit log. */
  readonly record: (entry: AuditEntry) => void;
}): {
  readonly apiKeys: ApiKeyStore;
  readonly invitations: InvitationStore;
  readonly kept: ReturnType<typeof createMemoryKeptAnswers>;
  endOf(userId: string, atMs: number): readonly string[];
  /** What the key is called, revoked or not. */
  keyName(workspaceId: number, keyId: string): string | undefined;
} {
  const kept = createMemoryKeptAnswers(read, write, record);
  const keys: { key: ApiKey; readonly keyHash: string }[] = [];
  const invitations: KeptInvitation[] = [];

  return {
    keyName: (workspaceId, keyId) =>
      keys.find(({ key }) => key.id === keyId && key.workspaceId === workspaceId)?.key.name,
    apiKeys: {
      byHash: (keyHash) => read(() => keys.find((kept) => kept.keyHash === keyHash)?.key ?? null),
      list: (workspaceId) =>
        read(() =>
          keys
            .map(({ key }) => key)
            .filter((key) => key.workspaceId === workspaceId && key.revokedAtMs === null)
            .toSorted((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name))),
        ),
      add: (key, keyHash, keep) =>
        keyed(keep, () => {
          const isTaken = keys.some(
            ({ key: other }) =>
              other.workspaceId === key.workspaceId && other.name === key.name && other.revokedAtMs === null,
          );
          if (isTaken) throw keyNameTaken();
          keys.push({ key, keyHash });
        }),
      revoke: (workspaceId, keyId, atMs, keep) =>
        keyed(keep, () => {
          const kept = keys.find(({ key }) => key.id === keyId && key.workspaceId === workspaceId);
          if (kept === undefined || kept.key.revokedAtMs !== null) return false;
          kept.key = { ...kept.key, revokedAtMs: atMs };
          return true;
        }),
      noteUse: (keyId, atMs) =>
        write(() => {
          const kept = keys.find(({ key }) => key.id === keyId);
          if (kept !== undefined) {
            kept.key = { ...kept.key, lastUsedAtMs: Math.max(kept.key.lastUsedAtMs ?? atMs, atMs) };
          }
        }),
      revokedSince: (sinceMs) =>
        read(() =>
          keys.flatMap(({ key: { id, revokedAtMs } }) =>
            revokedAtMs !== null && revokedAtMs >= sinceMs ? [{ sessionId: keySessionId(id), revokedAtMs }] : [],
          ),
        ),
    },
    invitations: {
      byHash: (tokenHash, atMs) =>
        read(() => open(atMs).find((kept) => kept.tokenHash === tokenHash)?.invitation ?? null),
      list: (workspaceId, atMs) =>
        read(() =>
          open(atMs)
            .map(({ invitation }) => invitation)
            .filter((invitation) => invitation.workspaceId === workspaceId)
            .toSorted((a, b) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? -1 : 1)),
        ),
      add: (invitation, tokenHash, keep) =>
        keyed(keep, () => void invitations.push({ invitation, tokenHash, isClosed: false })),
      withdraw: (workspaceId, invitationId, atMs, keep) =>
        keyed(keep, () => {
          const kept = open(atMs).find(
            ({ invitation }) => invitation.id === invitationId && invitation.workspaceId === workspaceId,
          );
          if (kept === undefined) return false;
          kept.isClosed = true;
          return true;
        }),
      accept: ({ tokenHash, userId, username, passwordHash, atMs }, keep) =>
        keyed(keep, () => {
          const kept = open(atMs).find((invited) => invited.tokenHash === tokenHash);
          if (kept === undefined) throw invitationSpent();
          const { workspaceId, role } = kept.invitation;
          const user: User = { id: userId, workspaceId, username, role, isDisabled: false, createdAtMs: atMs };
          addUser(user, passwordHash);
          kept.isClosed = true;
          return user;
        }),
    },
    kept,
    endOf(userId, atMs) {
      for (const kept of invitations) if (kept.invitation.createdBy === userId) kept.isClosed = true;
      const ended = keys.filter(({ key }) => key.createdBy === userId && key.revokedAtMs === null);
      for (const kept of ended) kept.key = { ...kept.key, revokedAtMs: atMs };
      return ended.map(({ key }) => keySessionId(key.id));
    },
  };

  function keyed<T>(keep: Keep | undefined, run: () => T): Promise<T> {
    return write(() => kept.once(keep, run, (outcome) => outcome !== false));
  }

  function open(atMs: number): KeptInvitation[] {
    return invitations.filter(({ isClosed, invitation }) => !isClosed && atMs < invitation.expiresAtMs);
  }
}

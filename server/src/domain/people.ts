import { type ApiKey, checkKeyWishes, keyPrefix, keySessionId, type KeyWishes } from "./api-key.ts";
import type { AuditTarget } from "./audit.ts";
import { authorised } from "./authorisation.ts";
import type { Person } from "./call.ts";
import { DomainError } from "./errors.ts";
import { type Invitation, invitationLifetimeMs } from "./invitation.ts";
import { createOnce } from "./kept-answers.ts";
import type { Clock, RepeatableSecrets, Revocations, Secrets } from "./ports.ts";
import { createRetriedSecrets, type WithoutSecret } from "./retried-secrets.ts";
import type { IdempotencyKey, Storage } from "./storage.ts";
import type { Principal, Role, User } from "./workspace.ts";

/** Who may use a workspace, as its admins decide it. Ids of other workspaces are answered like ids that nobody has. */
export type People = ReturnType<typeof createPeople>;

export type PeopleDeps = {
  readonly storage: Pick<Storage, "users" | "apiKeys" | "invitations" | "keptAnswers">;
  readonly secrets: Secrets;
  readonly repeatable: RepeatableSecrets;
  readonly revocations: Pick<Revocations, "announce">;
  readonly clock: Clock;
  readonly newId: () => string;
};

/** Keys that are not revoked, and invitations that are open: enough for any team, and a bound for what is listed. */
const listedMax = 100;

export function createPeople(deps: PeopleDeps) {
  return authorised(useCases(deps), {
    users: "admin",
    colleagues: "read",
    inviteUser: "admin",
    invitations: "admin",
    withdrawInvitation: "admin",
    setRole: "admin",
    setDisabled: "admin",
    apiKeys: "admin",
    createApiKey: "admin",
    revokeApiKey: "admin",
  });
}

function useCases({ storage, secrets, repeatable, revocations, clock, newId }: PeopleDeps) {
  const once = createOnce(storage.keptAnswers, clock);
  const retried = createRetriedSecrets({ secrets, repeatable, newId });

  return {
    /** Everybody with an account in the workspace, by name. */
    async users({ workspaceId }: Principal): Promise<readonly User[]> {
      return storage.users.list(workspaceId);
    },

    /** The people who can be given calls, by name: whoever has an account that is not disabled. For everybody. */
    async colleagues({ workspaceId }: Principal): Promise<readonly Person[]> {
      const users = await storage.users.list(workspaceId);
      return users.filter(({ isDisabled }) => !isDisabled).map(({ id, username }) => ({ id, username }));
    },

    /** A link for one person, for seven days. The token is not kept and not shown again. @throws DomainError CONFLICT */
    async inviteUser(
      principal: Principal,
      role: Role,
      idempotency?: IdempotencyKey,
    ): Promise<{ readonly invitation: Invitation; readonly token: string }> {
      const { workspaceId, userId } = principal;
      const made = retried.create("", idempotency);
      const answer = await once<WithoutSecret<{ readonly invitation: Invitation }>>(
        principal,
        idempotency,
        async (keep) => {
          const nowMs = clock.now();
          const open = await storage.invitations.list(workspaceId, nowMs);
          if (open.length >= listedMax) throw tooMany("open invitations: withdraw some");
          const expiresAtMs = nowMs + invitationLifetimeMs;
          const invitation = { id: made.id, workspaceId, role, createdBy: userId, createdAtMs: nowMs, expiresAtMs };
          const answer = { invitation, secretKeyId: made.keyId };
          const deed = { kind: "user-invited", details: { role } } as const;
          await storage.invitations.add(invitation, secrets.digest(made.secret), keep(answer, deed));
          return answer;
        },
      );
      return { invitation: answer.invitation, token: retried.shown(made, "", answer.invitation.id, answer) };
    },

    /** The links that still work, newest first. */
    async invitations({ workspaceId }: Principal): Promise<readonly Invitation[]> {
      return storage.invitations.list(workspaceId, clock.now());
    },

    /** The link does not work any more. @throws DomainError NOT_FOUND */
    async withdrawInvitation(principal: Principal, id: string, idempotency?: IdempotencyKey): Promise<void> {
      await once(principal, idempotency, async (keep) => {
        const { workspaceId } = principal;
        const left = keep(true, { kind: "invitation-withdrawn" });
        if (await storage.invitations.withdraw(workspaceId, id, clock.now(), left)) return true;
        throw new DomainError("NOT_FOUND", "There is no such open invitation.");
      });
    },

    /**
     * Gives somebody another role and ends their sessions, so that no token says otherwise; who stops being an admin also
     * loses the keys and open invitations that they made. @throws DomainError NOT_FOUND, CONFLICT for oneself
     */
    setRole(principal: Principal, userId: string, role: Role, idempotency?: IdempotencyKey): Promise<User> {
      return once(principal, idempotency, async (keep) => {
        const before = await anotherUser(principal, userId);
        const user = { ...before, role };
        const details = { role, before: before.role };
        const left = keep(user, { kind: "role-changed", target: targetOf(user), details });
        revocations.announce(await storage.users.setRole(userId, role, clock.now(), left));
        return user;
      });
    },

    /**
     * Disabling ends the person's sessions, and the keys and open invitations that they made, at once; enabling brings none
     * of them back. @throws DomainError NOT_FOUND, CONFLICT for oneself
     */
    setDisabled(
      principal: Principal,
      userId: string,
      isDisabled: boolean,
      idempotency?: IdempotencyKey,
    ): Promise<User> {
      return once(principal, idempotency, async (keep) => {
        const user = { ...(await anotherUser(principal, userId)), isDisabled };
        const left = keep(user, { kind: isDisabled ? "user-disabled" : "user-enabled", target: targetOf(user) });
        revocations.announce(await storage.users.setDisabled(userId, isDisabled, clock.now(), left));
        return user;
      });
    },

    /** The keys that are not revoked, by name. */
    async apiKeys({ workspaceId }: Principal): Promise<readonly ApiKey[]> {
      return storage.apiKeys.list(workspaceId);
    },

    /** The secret is not kept and not shown again. @throws DomainError BAD_USER_INPUT, CONFLICT */
    async createApiKey(
      principal: Principal,
      wishes: KeyWishes,
      idempotency?: IdempotencyKey,
    ): Promise<{ readonly key: ApiKey; readonly secret: string }> {
      const { workspaceId, userId } = principal;
      const made = retried.create(keyPrefix, idempotency);
      const answer = await once<WithoutSecret<{ readonly key: ApiKey }>>(principal, idempotency, async (keep) => {
        const nowMs = clock.now();
        const checked = checkKeyWishes(wishes, nowMs);
        if ((await storage.apiKeys.list(workspaceId)).length >= listedMax) throw tooMany("keys: revoke some");
        const unused = { createdBy: userId, createdAtMs: nowMs, lastUsedAtMs: null, revokedAtMs: null };
        const key: ApiKey = { id: made.id, workspaceId, ...checked, ...unused };
        const answer = { key, secretKeyId: made.keyId };
        const details = { scopes: key.scopes.join(", ") };
        const left = keep(answer, { kind: "key-created", target: { id: key.id, name: key.name }, details });
        await storage.apiKeys.add(key, secrets.digest(made.secret), left);
        return answer;
      });
      return { key: answer.key, secret: retried.shown(made, keyPrefix, answer.key.id, answer) };
    },

    /** Refused from now on, and its sockets closed. @throws DomainError NOT_FOUND */
    async revokeApiKey(principal: Principal, id: string, idempotency?: IdempotencyKey): Promise<void> {
      await once(principal, idempotency, async (keep) => {
        const { workspaceId } = principal;
        const name = (await storage.apiKeys.list(workspaceId)).find((key) => key.id === id)?.name ?? id;
        const left = keep(true, { kind: "key-revoked", target: { id, name } });
        if (!(await storage.apiKeys.revoke(workspaceId, id, clock.now(), left))) {
          throw new DomainError("NOT_FOUND", "There is no such key.");
        }
        revocations.announce([keySessionId(id)]);
        return true;
      });
    },
  };

  /** Somebody else of the workspace: since nobody decides about themselves, an admin always remains. */
  async function anotherUser(principal: Principal, userId: string): Promise<User> {
    const user = await storage.users.find(userId);
    if (user === null || user.workspaceId !== principal.workspaceId) {
      throw new DomainError("NOT_FOUND", "There is no such user.");
    }
    if (user.id === principal.userId) throw new DomainError("CONFLICT", "Let another admin do this for you.");
    return user;
  }

  function targetOf({ id, username: name }: User): AuditTarget {
    return { id, name };
  }

  function tooMany(what: string): DomainError {
    return new DomainError("CONFLICT", `The workspace has ${listedMax} ${what}.`);
  }
}

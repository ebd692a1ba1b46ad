import { type ApiKey, checkKeyWishes, keyPrefix, keySessionId, type KeyWishes } from "./api-key.ts";
import { authorised } from "./authorisation.ts";
import { DomainError } from "./errors.ts";
import { type Invitation, invitationLifetimeMs } from "./invitation.ts";
import type { Clock, Revocations, Secrets } from "./ports.ts";
import type { Storage } from "./storage.ts";
import type { Principal, Role, User } from "./workspace.ts";

/** Who may use a workspace, as its admins decide it. Ids of other workspaces are answered like ids that nobody has. */
export type People = ReturnType<typeof createPeople>;

export type PeopleDeps = {
  readonly storage: Pick<Storage, "users" | "apiKeys" | "invitations">;
  readonly secrets: Secrets;
  readonly revocations: Pick<Revocations, "announce">;
  readonly clock: Clock;
  readonly newId: () => string;
};

/** Keys that are not revoked, and invitations that are open: enough for any team, and a bound for what is listed. */
const listedMax = 100;

export function createPeople(deps: PeopleDeps) {
  return authorised(useCases(deps), {
    users: "admin",
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

function useCases({ storage, secrets, revocations, clock, newId }: PeopleDeps) {
  return {
    /** Everybody with an account in the workspace, by name. */
    async users({ workspaceId }: Principal): Promise<readonly User[]> {
      return storage.users.list(workspaceId);
    },

    /** A link for one person, for seven days. The token is not kept and not shown again. @throws DomainError CONFLICT */
    async inviteUser(
      { workspaceId, userId }: Principal,
      role: Role,
    ): Promise<{ readonly invitation: Invitation; readonly token: string }> {
      const nowMs = clock.now();
      const open = await storage.invitations.list(workspaceId, nowMs);
      if (open.length >= listedMax) throw tooMany("open invitations: withdraw some");
      const token = secrets.create("");
      const invitation: Invitation = {
        id: newId(),
        workspaceId,
        role,
        createdBy: userId,
        createdAtMs: nowMs,
        expiresAtMs: nowMs + invitationLifetimeMs,
      };
      await storage.invitations.add(invitation, secrets.digest(token));
      return { invitation, token };
    },

    /** The links that still work, newest first. */
    async invitations({ workspaceId }: Principal): Promise<readonly Invitation[]> {
      return storage.invitations.list(workspaceId, clock.now());
    },

    /** The link does not work any more. @throws DomainError NOT_FOUND */
    async withdrawInvitation({ workspaceId }: Principal, id: string): Promise<void> {
      if (await storage.invitations.withdraw(workspaceId, id, clock.now())) return;
      throw new DomainError("NOT_FOUND", "There is no such open invitation.");
    },

    /**
     * Gives somebody another role and ends their sessions, so that no token says otherwise; who stops being an admin also
     * loses the keys and open invitations that they made. @throws DomainError NOT_FOUND, CONFLICT for oneself
     */
    async setRole(principal: Principal, userId: string, role: Role): Promise<User> {
      const user = await anotherUser(principal, userId);
      revocations.announce(await storage.users.setRole(userId, role, clock.now()));
      return { ...user, role };
    },

    /**
     * Disabling ends the person's sessions, and the keys and open invitations that they made, at once; enabling brings none
     * of them back. @throws DomainError NOT_FOUND, CONFLICT for oneself
     */
    async setDisabled(principal: Principal, userId: string, isDisabled: boolean): Promise<User> {
      const user = await anotherUser(principal, userId);
      revocations.announce(await storage.users.setDisabled(userId, isDisabled, clock.now()));
      return { ...user, isDisabled };
    },

    /** The keys that are not revoked, by name. */
    async apiKeys({ workspaceId }: Principal): Promise<readonly ApiKey[]> {
      return storage.apiKeys.list(workspaceId);
    },

    /** The secret is not kept and not shown again. @throws DomainError BAD_USER_INPUT, CONFLICT */
    async createApiKey(
      { workspaceId, userId }: Principal,
      wishes: KeyWishes,
    ): Promise<{ readonly key: ApiKey; readonly secret: string }> {
      const nowMs = clock.now();
      const checked = checkKeyWishes(wishes, nowMs);
      if ((await storage.apiKeys.list(workspaceId)).length >= listedMax) throw tooMany("keys: revoke some");
      const key: ApiKey = {
        id: newId(),
        workspaceId,
        ...checked,
        createdBy: userId,
        createdAtMs: nowMs,
        lastUsedAtMs: null,
        revokedAtMs: null,
      };
      const secret = secrets.create(keyPrefix);
      await storage.apiKeys.add(key, secrets.digest(secret));
      return { key, secret };
    },

    /** Refused from now on, and its sockets closed. @throws DomainError NOT_FOUND */
    async revokeApiKey({ workspaceId }: Principal, id: string): Promise<void> {
      if (!(await storage.apiKeys.revoke(workspaceId, id, clock.now()))) {
        throw new DomainError("NOT_FOUND", "There is no such key.");
      }
      revocations.announce([keySessionId(id)]);
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

  function tooMany(what: string): DomainError {
    return new DomainError("CONFLICT", `The workspace has ${listedMax} ${what}.`);
  }
}

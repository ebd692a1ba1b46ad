import { checkNewAccount } from "./credentials.ts";
import { invitationSpent } from "./invitation.ts";
import { recorded } from "./kept-answers.ts";
import type { Clock, Passwords, Secrets } from "./ports.ts";
import type { Storage } from "./storage.ts";
import type { User } from "./workspace.ts";

/** What somebody does who has nothing but a link. */
export type Invitations = {
  /**
   * Makes the account that the link stands for, once. The password is hashed only for a link that works.
   * @throws DomainError FORBIDDEN (whatever is wrong with the link), BAD_USER_INPUT, CONFLICT, OVERLOADED
   */
  accept(token: string, username: string, password: string): Promise<User>;
};

export function createInvitations(deps: {
  readonly storage: Pick<Storage, "invitations">;
  readonly secrets: Secrets;
  readonly passwords: Pick<Passwords, "hash">;
  readonly clock: Clock;
  readonly newId: () => string;
}): Invitations {
  const { storage, secrets, passwords, clock, newId } = deps;
  return {
    async accept(token, username, password) {
      const tokenHash = secrets.digest(token);
      const invitation = await storage.invitations.byHash(tokenHash, clock.now());
      if (invitation === null) throw invitationSpent();
      checkNewAccount(username, password);
      const passwordHash = await passwords.hash(password);
      const [userId, atMs] = [newId(), clock.now()];
      const { workspaceId, role } = invitation;
      const actor = { kind: "user", id: userId } as const;
      return storage.invitations.accept(
        { tokenHash, userId, username, passwordHash, atMs },
        recorded({ workspaceId, kind: "user-joined", actor, atMs, details: { role } }),
      );
    },
  };
}

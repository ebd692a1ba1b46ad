import { checkNewAccount } from "./credentials.ts";
import { invitationSpent } from "./invitation.ts";
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
      if ((await storage.invitations.byHash(tokenHash, clock.now())) === null) throw invitationSpent();
      checkNewAccount(username, password);
      const passwordHash = await passwords.hash(password);
      return storage.invitations.accept({ tokenHash, userId: newId(), username, passwordHash, atMs: clock.now() });
    },
  };
}

import { type KeyScope, requestsPerMinuteDefault } from "../domain/api-key.ts";
import { DomainError } from "../domain/errors.ts";
import { invitationPath } from "../domain/invitation.ts";
import type { Role as DomainRole } from "../domain/workspace.ts";
import { isoTime } from "./iso-time.ts";
import { signedIn } from "./resolver-context.ts";
import type { ApiKeyScope, Resolvers, Role } from "./schema.gen.ts";
import { onceKey } from "./terms.ts";

const roleNames = { admin: "ADMIN", member: "MEMBER", reader: "READER" } as const satisfies Record<DomainRole, Role>;
const rolesNamed = { ADMIN: "admin", MEMBER: "member", READER: "reader" } as const satisfies Record<Role, DomainRole>;
const scopeNames = { read: "READ", write: "WRITE" } as const satisfies Record<KeyScope, ApiKeyScope>;
const scopesNamed = { READ: "read", WRITE: "write" } as const satisfies Record<ApiKeyScope, KeyScope>;

/** Who is who in the workspace, and which programs may come in. */
export const peopleQueries = {
  me(_root, _args, context) {
    const { userId: id, username, workspaceId, role } = signedIn(context);
    return { id, username, workspaceId, role, isDisabled: false };
  },
  users: (_root, _args, context) => context.people.users(signedIn(context)),
  colleagues: (_root, _args, context) => context.people.colleagues(signedIn(context)),
  apiKeys: (_root, _args, context) => context.people.apiKeys(signedIn(context)),
  invitations: (_root, _args, context) => context.people.invitations(signedIn(context)),
} as const satisfies Resolvers["Query"];

export const peopleMutations = {
  async inviteUser(_root, { role }, context, info) {
    const { invitation, token } = await context.people.inviteUser(
      signedIn(context),
      rolesNamed[role],
      onceKey(context, info),
    );
    return { invitation, token, path: invitationPath(token) };
  },
  async withdrawInvitation(_root, { id }, context, info) {
    await context.people.withdrawInvitation(signedIn(context), id, onceKey(context, info));
    return true;
  },
  setUserRole: (_root, { userId, role }, context, info) =>
    context.people.setRole(signedIn(context), userId, rolesNamed[role], onceKey(context, info)),
  disableUser: (_root, { userId }, context, info) =>
    context.people.setDisabled(signedIn(context), userId, true, onceKey(context, info)),
  enableUser: (_root, { userId }, context, info) =>
    context.people.setDisabled(signedIn(context), userId, false, onceKey(context, info)),
  createApiKey(_root, { input }, context, info) {
    const wishes = {
      name: input.name,
      scopes: input.scopes.map((scope) => scopesNamed[scope]),
      expiresAtMs: input.expiresAt == null ? null : readTime(input.expiresAt),
      requestsPerMinute: input.requestsPerMinute ?? requestsPerMinuteDefault,
    };
    return context.people.createApiKey(signedIn(context), wishes, onceKey(context, info));
  },
  async revokeApiKey(_root, { id }, context, info) {
    await context.people.revokeApiKey(signedIn(context), id, onceKey(context, info));
    return true;
  },
} as const satisfies Resolvers["Mutation"];

export const peopleTypes = {
  UserType: {
    role: ({ role }) => roleNames[role],
    async workspace({ workspaceId }, _args, context) {
      const workspace = await context.workspaces.find(workspaceId);
      if (workspace === null) throw new DomainError("NOT_FOUND", "There is no such workspace.");
      return workspace;
    },
  },
  Workspace: {
    id: ({ id }) => String(id),
  },
  ApiKey: {
    scopes: ({ scopes }) => scopes.map((scope) => scopeNames[scope]),
    createdAt: ({ createdAtMs }) => isoTime(createdAtMs),
    expiresAt: ({ expiresAtMs }) => (expiresAtMs === null ? null : isoTime(expiresAtMs)),
    lastUsedAt: ({ lastUsedAtMs }) => (lastUsedAtMs === null ? null : isoTime(lastUsedAtMs)),
  },
  Invitation: {
    role: ({ role }) => roleNames[role],
    createdAt: ({ createdAtMs }) => isoTime(createdAtMs),
    expiresAt: ({ expiresAtMs }) => isoTime(expiresAtMs),
  },
} as const satisfies Resolvers;

/** An instant with its offset, as ISO 8601 writes it. @throws DomainError BAD_USER_INPUT */
function readTime(text: string): number {
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const ms = isInstant ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(ms)) return ms;
  throw new DomainError("BAD_USER_INPUT", "expiresAt must be an instant such as 2030-01-31T12:00:00Z", {
    field: "expiresAt",
  });
}

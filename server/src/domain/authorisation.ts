import { DomainError } from "./errors.ts";
import type { Principal, Role, Scope } from "./workspace.ts";

const scopesOfRole: Readonly<Record<Role, readonly Scope[]>> = {
  admin: ["read", "write", "admin"],
  member: ["read", "write"],
  reader: ["read"],
};

/** What a person of this role may do. */
export function scopesOf(role: Role): readonly Scope[] {
  return scopesOfRole[role];
}

const refusals: Readonly<Record<Scope, string>> = {
  read: "This key may not read.",
  write: "You may read here, but not change anything.",
  admin: "Only an admin of the workspace may do this.",
};

/** @throws DomainError FORBIDDEN */
export function requireScope({ scopes }: Principal, scope: Scope): void {
  if (!scopes.includes(scope)) throw new DomainError("FORBIDDEN", refusals[scope]);
}

/**
 * The use cases, each behind the scope that the table asks for: the one place where it is decided who may do what. Each takes
 * the principal first. A use case without a row does not compile, and so none is ever open by oversight.
 */
export function authorised<UseCases extends object>(
  useCases: UseCases,
  needs: { readonly [Name in keyof UseCases]: Scope },
): UseCases {
  const guarded = Object.entries(useCases).map(([name, useCase]) => {
    const scope = needs[name as keyof UseCases];
    const run = useCase as (principal: Principal, ...rest: readonly unknown[]) => unknown;
    const guard = (principal: Principal, ...rest: readonly unknown[]) => {
      requireScope(principal, scope);
      return run(principal, ...rest);
    };
    return [name, guard];
  });
  return Object.fromEntries(guarded) as UseCases;
}

import type { IncomingMessage } from "node:http";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Budget, Budgets } from "../../domain/budgets.ts";
import { DomainError } from "../../domain/errors.ts";
import type { Principal } from "../../domain/workspace.ts";
import { rateLimitField, rateLimitPolicyField } from "../rate-limit-fields.ts";
import { bearerOf } from "../request-head.ts";

/** Spends from the budgets that GraphQL spends from, so that neither is a way around the other. */
export type RestSpending = {
  /** @throws DomainError RATE_LIMITED */
  ofSession(request: FastifyRequest, principal: Principal, cost: number): void;
  /** Runs a proof of who asks; one that fails is counted for its network. @throws DomainError RATE_LIMITED and what it throws */
  proving<T>(request: FastifyRequest, prove: () => T | Promise<T>): Promise<T>;
};

/** A call and its notes, as GraphQL counts them. */
export const callCost = 3;

/** Counts requests without a token as they come in, and tells every answer's budget in its headers. */
export function addRestSpending(
  scope: FastifyInstance,
  deps: { readonly budgets: Budgets; readonly peerAddress: (request: IncomingMessage) => string },
): RestSpending {
  const { budgets, peerAddress } = deps;
  const spentFrom = new WeakMap<FastifyRequest, Budget>();

  scope.addHook("onRequest", async (request) => {
    if (request.method !== "OPTIONS" && bearerOf(request.raw) === null) ofNetwork(request);
  });
  scope.addHook("onSend", async (request, reply) => {
    const budget = spentFrom.get(request);
    if (budget === undefined) return;
    reply.header("ratelimit", rateLimitField(budget)).header("ratelimit-policy", rateLimitPolicyField(budget.policy));
  });

  return {
    ofSession(request, principal, cost) {
      spend(request, budgets.session(principal.sessionId), cost);
    },
    async proving(request, prove) {
      try {
        return await prove();
      } catch (error) {
        const isRefused = error instanceof DomainError && error.code === "UNAUTHENTICATED";
        if (isRefused && bearerOf(request.raw) !== null) ofNetwork(request);
        throw error;
      }
    },
  };

  function ofNetwork(request: FastifyRequest): void {
    spend(request, budgets.network(peerAddress(request.raw)), 1);
  }

  function spend(request: FastifyRequest, budget: Budget | null, amount: number): void {
    if (budget === null) return;
    spentFrom.set(request, budget);
    budget.spend(amount);
  }
}

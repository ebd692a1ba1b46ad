import type { Budget, Budgets } from "../domain/budgets.ts";
import type { Principal } from "../domain/workspace.ts";
import type { Caller, GraphqlAnswer, GraphqlParameters } from "./core.ts";
import { limits } from "./limits.ts";

/** What one request spent, filled in by the core for whoever answers it. */
export type Spending = {
  /** The operation's cost, once it is known. */
  cost: number | null;
  /** What it was taken from; null where nothing is limited. */
  budget: Budget | null;
};

/**
 * Takes each request from one budget, once: of the session that it belongs to by its cost, or of the network that it comes
 * from when it has no token that is good. All throw RATE_LIMITED.
 */
export function createMetering(budgets: Budgets) {
  return {
    /** Before anything of the request is read. */
    begin(caller: Caller): void {
      if (caller.bearer === null && caller.principal === null) spendOfNetwork(caller);
    },
    /** The token was refused. */
    refused(caller: Caller): void {
      spendOfNetwork(caller);
    },
    /** It is known what the request asks for, and of whom. */
    admitted(caller: Caller, principal: Principal | null, cost: number): void {
      if (caller.spending !== undefined) caller.spending.cost = cost;
      if (principal !== null) spend(caller, budgets.session(principal.sessionId), Math.max(1, cost));
      else if (caller.bearer !== null) spendOfNetwork(caller); // a public operation: the token was not looked at
    },
  };

  function spendOfNetwork(caller: Caller): void {
    spend(caller, budgets.network(caller.origin.address), 1);
  }

  function spend({ spending }: Caller, budget: Budget | null, amount: number): void {
    if (spending !== undefined) spending.budget = budget;
    budget?.spend(amount);
  }
}

/** Whether the client wants to know the cost, as `extensions.cost: true` of the request says it. */
export function asksForCost({ extensions }: GraphqlParameters): boolean {
  return extensions !== null && extensions["cost"] === true;
}

/**
 * The answer with `extensions.cost`, where the cost is known. Only for clients that ask: whoever compares answers or does not
 * know of it gets the documented ones to the byte.
 */
export function withCost(answer: GraphqlAnswer, { cost }: Spending): GraphqlAnswer {
  if (cost === null) return answer;
  const { extensions, ...rest } = JSON.parse(Buffer.from(answer.body, answer.encoding).toString()) as {
    readonly extensions?: object;
  };
  const body = JSON.stringify({
    ...rest,
    extensions: { ...extensions, cost: { requested: cost, limit: limits.cost } },
  });
  const { outcome, retryAfterMs, deprecated } = answer;
  return { body, encoding: "utf8", outcome, retryAfterMs, deprecated };
}

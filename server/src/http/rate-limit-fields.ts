import type { Budget, RatePolicy } from "../domain/budgets.ts";

/**
 * The header `RateLimit` of "RateLimit Header Fields for HTTP" (draft-ietf-httpapi-ratelimit-headers, in the form that it has
 * since version 08): what is left (`r`), and in how many seconds the whole quota is there again (`t`).
 */
export function rateLimitField(budget: Budget): string {
  return `"${budget.policy.name}";r=${budget.left};t=${Math.ceil(budget.fullInMs / 1_000)}`;
}

/**
 * The header `RateLimit-Policy` of the same draft: quota (`q`), its unit (`qu`; `cost` is a word of ours, as no registered unit
 * fits) and the window in seconds (`w`).
 */
export function rateLimitPolicyField(policy: RatePolicy): string {
  const known = policyFields.get(policy);
  if (known !== undefined) return known;
  const field = `"${policy.name}";q=${policy.quota};qu="${policy.unit}";w=${policy.windowMs / 1_000}`;
  policyFields.set(policy, field);
  return field;
}

const policyFields = new WeakMap<RatePolicy, string>();

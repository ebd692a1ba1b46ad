import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { useQuery } from "urql";
import { failureFrom } from "../../api/failure.ts";
import type { RequestFailure } from "../../api/post.ts";
import { type WebhookPartsFragment, WebhooksDocument } from "../../api/webhooks.gen.ts";
import { useRefreshing } from "../shell/use-refreshing.ts";

/** How often what is sent is looked at: it follows a change by a moment, or by a try. */
export const lookMs = 4_000;

/** The webhooks of the workspace, kept up to date while they are shown; null until they are there. */
export function useWebhooks(): {
  readonly webhooks: readonly WebhookPartsFragment[] | null;
  readonly failure: RequestFailure | null;
  readonly refresh: () => void;
} {
  const [{ data, error }, fetchAgain] = useQuery({ query: WebhooksDocument, requestPolicy: "cache-and-network" });
  const refresh = useCallback(() => fetchAgain({ requestPolicy: "network-only" }), [fetchAgain]);
  useRefreshing(refresh, lookMs);
  return {
    webhooks: data?.webhooks ?? null,
    failure: data === undefined && error !== undefined ? failureFrom(error) : null,
    refresh,
  };
}

/** Where one is among the webhooks: all of them, one, what of its log, and one of that. */
export type WebhookPlace = {
  readonly webhook?: string;
  readonly state?: string;
  readonly delivery?: string;
  readonly add?: string;
};

/** Goes to a place among the webhooks. With `replace` the way back leads past where one was. */
export function useGoTo(): (place: WebhookPlace, replace?: boolean) => void {
  const navigate = useNavigate();
  return useCallback(
    (place, replace = false) => void navigate({ to: "/settings", search: { section: "webhooks", ...place }, replace }),
    [navigate],
  );
}

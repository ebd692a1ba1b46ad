import { Link } from "@tanstack/react-router";
import type { WebhookPartsFragment } from "../../api/webhooks.gen.ts";
import { ago } from "../../lib/ago.ts";
import { countOf, formatCount } from "../../lib/format.ts";
import { kindsText, standingOf } from "../../lib/webhooks.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { useNow } from "../../ui/use-now.ts";
import { setPaused } from "./webhook-actions.ts";
import { WebhookMenu } from "./webhook-menu.tsx";

/** Deliveries that wait are counted up to here. */
const waitingMax = 1_000;

/** One webhook of the list: how it stands, and what is to be done where it does not work. */
export function WebhookRow({ webhook }: { readonly webhook: WebhookPartsFragment }) {
  const now = useNow();
  const { id, name, url, kinds, state, lastDeliveredAt, waiting } = webhook;
  const { label, tone, advice } = standingOf(webhook);
  return (
    <li className="px-4 py-3">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <p className="flex items-center gap-2">
            <Link
              to="/settings"
              search={{ section: "webhooks", webhook: id }}
              className="min-w-0 truncate text-base font-medium hover:underline"
            >
              {name}
            </Link>
            <Chip tone={tone}>{label}</Chip>
          </p>
          <p className="mt-0.5 truncate font-mono text-xs text-quiet">{url}</p>
          <p className="mt-1 flex flex-wrap gap-x-3 text-sm text-quiet">
            <span>
              {kinds.length > 2 ? countOf(kinds.length, "kind of change", "kinds of changes") : kindsText(kinds)}
            </span>
            <span>{lastDeliveredAt === null ? "Nothing delivered yet" : `Delivered ${ago(lastDeliveredAt, now)}`}</span>
            {waiting > 0 && <span>{waitingText(waiting)} waiting</span>}
          </p>
        </div>
        {state !== "ACTIVE" && (
          <Button aria-label={`Resume ${name}`} onClick={() => void setPaused(webhook, false)}>
            Resume
          </Button>
        )}
        <WebhookMenu webhook={webhook} />
      </div>
      {advice !== null && <p className={`mt-2 rounded-md px-3 py-2 text-sm ${adviceTones[tone]}`}>{advice}</p>}
    </li>
  );
}

/** The ground and colour of an advice, by the tone of its webhook's state. */
export const adviceTones = {
  neutral: "bg-hover text-soft",
  accent: "bg-hover text-soft",
  warn: "bg-warn-ground text-warn",
  bad: "bg-bad-ground text-bad",
} as const;

/** `12`, or `1,000+` where no more are counted. */
export function waitingText(waiting: number): string {
  return waiting >= waitingMax ? `${formatCount(waitingMax)}+` : formatCount(waiting);
}

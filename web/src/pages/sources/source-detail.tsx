import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { SourcePartsFragment } from "../../api/sources.gen.ts";
import { verdictNamed } from "../../lib/verdicts.ts";
import { Chip } from "../../ui/chip.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { PageHeader } from "../shell/page-header.tsx";
import { TabLinks } from "../shell/tab-links.tsx";
import { Deliveries } from "./deliveries.tsx";
import { DeliveryDialog } from "./delivery-dialog.tsx";
import { SetUpText } from "./set-up-text.tsx";
import { kindLabels, TestCall } from "./source-card.tsx";
import { SourceFacts } from "./source-facts.tsx";
import { SourceMenu } from "./source-menu.tsx";

/** One phone system: how it is doing, how it is set up, and what it sent. */
export function SourceDetail({ source }: { readonly source: SourcePartsFragment }) {
  const { tab, verdict, delivery } = useSearch({ from: "/shell/sources" });
  const navigate = useNavigate();
  // Who has sent nothing is being set up.
  const shown = tab === "set-up" || tab === "deliveries" ? tab : source.lastEventAt === null ? "set-up" : "deliveries";
  const chosen = verdictNamed(verdict);
  const toDeliveries = (more: { verdict?: string; delivery?: string }) =>
    void navigate({ to: "/sources", search: { source: source.id, tab: "deliveries", ...more }, replace: true });
  const filter = chosen === null ? {} : { verdict: chosen.toLowerCase() };
  const closed = delivery === undefined;
  useKeys(
    [{ keys: "Escape", label: "Back to all sources", scope: "Source", run: () => void navigate({ to: "/sources" }) }],
    closed,
  );
  return (
    <>
      <PageHeader title={source.name}>
        <SourceMenu source={source} />
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="bg-surface">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 pt-3 pb-4 text-sm text-quiet">
            <Link to="/sources" className="flex h-8 items-center gap-1 font-medium text-accent hover:underline">
              <Icon name="back" />
              All sources
            </Link>
            <span>{kindLabels[source.kind]}</span>
            {source.keyHint !== null && (
              <span>
                Key ends in <code className="font-mono text-soft">{source.keyHint}</code>
              </span>
            )}
            {source.isDisabled && <Chip tone="warn">Disabled</Chip>}
            <span className="flex-1" />
            <TestCall source={source} />
          </div>
          <div className="max-w-3xl">
            <SourceFacts source={source} />
          </div>
        </div>
        <TabLinks
          label="Parts of the source"
          tabs={[
            {
              label: "Deliveries",
              isCurrent: shown === "deliveries",
              link: { to: "/sources", search: { source: source.id, tab: "deliveries" } },
            },
            {
              label: "Set-up",
              isCurrent: shown === "set-up",
              link: { to: "/sources", search: { source: source.id, tab: "set-up" } },
            },
          ]}
        />
        {shown === "set-up" ? (
          <SetUpText sourceId={source.id} />
        ) : (
          <Deliveries
            key={`${source.id} ${chosen}`}
            source={source}
            verdict={chosen}
            onVerdict={(next) => toDeliveries(next === null ? {} : { verdict: next.toLowerCase() })}
            onOpen={(id) => toDeliveries({ ...filter, delivery: id })}
          />
        )}
      </div>
      {delivery !== undefined && <DeliveryDialog id={delivery} onClose={() => toDeliveries(filter)} />}
    </>
  );
}

import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { SourcePartsFragment } from "../../api/sources.gen.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Icon } from "../../ui/icon.tsx";
import { sendTestCall } from "./source-actions.ts";
import { SourceFacts } from "./source-facts.tsx";
import { SourceMenu } from "./source-menu.tsx";

/** The names of the formats. */
export const kindLabels = { GENERIC: "Any system (JSON)", KAMAILIO: "Kamailio" } as const;

/** A phone system at a glance, and what is done with it most. */
export function SourceCard({ source }: { readonly source: SourcePartsFragment }) {
  return (
    <article aria-label={source.name} className="flex h-full flex-col rounded-lg border border-line bg-surface">
      <div className="flex items-start gap-2 p-4 pb-3">
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-lg font-semibold">
            <Link to="/sources" search={{ source: source.id }} className="text-ink hover:underline">
              {source.name}
            </Link>
          </h2>
          <p className="mt-0.5 flex flex-wrap items-center gap-2 text-sm text-quiet">
            {kindLabels[source.kind]}
            {source.isDisabled && <Chip tone="warn">Disabled</Chip>}
          </p>
        </div>
        <span className="-mt-1 -mr-1">
          <SourceMenu source={source} />
        </span>
      </div>
      <SourceFacts source={source} />
      <div className="mt-auto flex flex-wrap items-center gap-2 border-t border-line px-4 py-3">
        <TestCall source={source} />
        <span className="flex-1" />
        <Link
          to="/sources"
          search={{ source: source.id, tab: "set-up" }}
          aria-label={`Set-up of ${source.name}`}
          className="text-base font-medium text-accent hover:underline"
        >
          Set-up
        </Link>
        <Link
          to="/sources"
          search={{ source: source.id, tab: "deliveries" }}
          aria-label={`Deliveries of ${source.name}`}
          className="ml-3 text-base font-medium text-accent hover:underline"
        >
          Deliveries
        </Link>
      </div>
    </article>
  );
}

/** Sends a test call, and leads to it. */
export function TestCall({ source }: { readonly source: SourcePartsFragment }) {
  const { callId, isRunning, send } = useTestCall(source);
  return (
    <>
      <Button
        onClick={send}
        disabled={source.isDisabled}
        aria-disabled={isRunning}
        title={source.isDisabled ? "Enable it first" : undefined}
      >
        <Icon name="send" />
        Send a test call
      </Button>
      {callId !== null && (
        <Link
          to="/$view"
          params={{ view: "all" }}
          search={{ call: callId }}
          className="text-base text-accent underline"
        >
          Open the call
        </Link>
      )}
    </>
  );
}

function useTestCall(source: SourcePartsFragment) {
  const [callId, setCallId] = useState<string | null>(null);
  const [isRunning, setIsRunning] = useState(false);
  const navigate = useNavigate();
  const send = () => {
    if (isRunning) return;
    setIsRunning(true);
    void sendTestCall(source, (id) => void navigate({ to: "/$view", params: { view: "all" }, search: { call: id } }))
      .then(setCallId)
      .finally(() => setIsRunning(false));
  };
  return { callId, isRunning, send };
}

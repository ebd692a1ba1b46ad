import { useState } from "react";
import { useQuery } from "urql";
import { failureFrom } from "../../api/failure.ts";
import { mutate } from "../../api/mutate.ts";
import { type ApiKeyPartsFragment, ApiKeysDocument, RevokeApiKeyDocument } from "../../api/settings.gen.ts";
import { ago, until } from "../../lib/ago.ts";
import { formatCount } from "../../lib/format.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Empty, Failure } from "../../ui/states.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { useNow } from "../../ui/use-now.ts";
import { useSubmit } from "../session/use-submit.ts";
import { LoadingLines } from "../shell/loading-lines.tsx";
import { CreateKeyDialog } from "./create-key-dialog.tsx";
import { Rows, Section } from "./section.tsx";

/** The keys that programs use the API with. For admins. */
export function KeysSection() {
  const [{ data, error }, fetchAgain] = useQuery({ query: ApiKeysDocument, requestPolicy: "cache-and-network" });
  const [isCreating, setIsCreating] = useState(false);
  const refresh = () => fetchAgain({ requestPolicy: "network-only" });
  if (data === undefined) {
    if (error === undefined) return <LoadingLines what="API keys" />;
    return <Failure title="The keys could not be fetched" failure={failureFrom(error)} onRetry={refresh} />;
  }
  const create = (
    <Button look="primary" onClick={() => setIsCreating(true)}>
      <Icon name="plus" />
      Create a key
    </Button>
  );
  return (
    <>
      <Section
        title="API keys"
        lead="Programs use the API with a key of their own, which can be taken back alone."
        action={data.apiKeys.length > 0 ? create : undefined}
      >
        {data.apiKeys.length === 0 ? (
          <Empty icon="key" title="No program has a key" action={create}>
            Make one for each program, with no more than it needs.
          </Empty>
        ) : (
          <Rows label="API keys">
            {data.apiKeys.map((apiKey) => (
              <KeyRow key={apiKey.id} apiKey={apiKey} onRevoked={refresh} />
            ))}
          </Rows>
        )}
      </Section>
      {isCreating && <CreateKeyDialog onClose={() => setIsCreating(false)} onCreated={refresh} />}
    </>
  );
}

function KeyRow({ apiKey, onRevoked }: { apiKey: ApiKeyPartsFragment; onRevoked: () => void }) {
  const now = useNow();
  const [isAsking, setIsAsking] = useState(false);
  const { id, name, scopes, requestsPerMinute, expiresAt, lastUsedAt } = apiKey;
  const { isRunning, problem, onSubmit } = useSubmit(async () => {
    await mutate(RevokeApiKeyDocument, { id });
    showToast({ text: `The key ${name} is revoked` });
    setIsAsking(false);
    onRevoked();
  });
  return (
    <li className="flex min-h-13 items-center gap-3 px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="truncate text-base font-medium">{name}</p>
        <p className="flex flex-wrap gap-x-3 text-sm text-quiet">
          <span>{scopes.includes("WRITE") ? (scopes.includes("READ") ? "Reads and writes" : "Writes") : "Reads"}</span>
          <span>{formatCount(requestsPerMinute)} requests a minute</span>
          <span>{expiresAt === null ? "Does not end" : `Ends ${until(expiresAt, now)}`}</span>
          <span>{lastUsedAt === null ? "Never used" : `Used ${ago(lastUsedAt, now)}`}</span>
        </p>
      </div>
      <Button aria-label={`Revoke ${name}`} look="danger" onClick={() => setIsAsking(true)}>
        Revoke
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={`Revoke ${name}?`}
          action="Revoke the key"
          problem={problem}
          isRunning={isRunning}
          onSubmit={onSubmit}
          onClose={() => setIsAsking(false)}
        >
          The program that uses it is refused from that moment on. It cannot be undone.
        </ConfirmDialog>
      )}
    </li>
  );
}

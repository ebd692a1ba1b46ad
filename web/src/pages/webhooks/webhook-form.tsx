import { useState } from "react";
import { mutate } from "../../api/mutate.ts";
import {
  AddWebhookDocument,
  type ChangeKind,
  UpdateWebhookDocument,
  type WebhookPartsFragment,
} from "../../api/webhooks.gen.ts";
import { kindGroups } from "../../lib/webhooks.ts";
import { announce } from "../../ui/announce.tsx";
import { Button } from "../../ui/button.tsx";
import { DialogButtons } from "../../ui/confirm-dialog.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, Select } from "../../ui/field.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { useSubmit } from "../session/use-submit.ts";
import { ShownOnce } from "../shell/shown-once.tsx";

/** Name, address and kinds of a webhook that is added (with its secret at the end) or altered. */
export function WebhookForm({
  webhook,
  onClose,
  onDone,
}: {
  /** Null to add one. */
  readonly webhook: WebhookPartsFragment | null;
  readonly onClose: () => void;
  readonly onDone: (webhook: WebhookPartsFragment) => void;
}) {
  const [name, setName] = useState(webhook?.name ?? "");
  const [url, setUrl] = useState(webhook?.url ?? "");
  const [kinds, setKinds] = useState<ReadonlySet<ChangeKind>>(new Set(webhook?.kinds));
  const [isForAll, setIsForAll] = useState(kinds.size === 0);
  const [made, setMade] = useState<{ readonly webhook: WebhookPartsFragment; readonly secret: string } | null>(null);
  const [isLacking, setIsLacking] = useState(false);
  const { isRunning, problem, onSubmit } = useSubmit(async () => {
    setIsLacking(!isForAll && kinds.size === 0);
    if (!isForAll && kinds.size === 0) return;
    const input = { name: name.trim(), url: url.trim(), kinds: isForAll ? [] : [...kinds] };
    if (webhook === null) {
      const { addWebhook } = await mutate(AddWebhookDocument, { input });
      setMade(addWebhook);
      announce(`${addWebhook.webhook.name} is added`);
      return;
    }
    const { updateWebhook } = await mutate(UpdateWebhookDocument, { id: webhook.id, input });
    showToast({ text: `${updateWebhook.name} is saved` });
    onDone(updateWebhook);
  });
  if (made !== null) {
    return (
      <Dialog
        title={`${made.webhook.name} is added`}
        description="With this secret the receiver makes sure that a request is from here: see Standard Webhooks."
        onClose={() => onDone(made.webhook)}
      >
        <ShownOnce
          label="Signing secret"
          value={made.secret}
          note="It is shown only now. Copy it before you go on; if it is lost, make a new one."
          action="Go on to the webhook"
          onDone={() => onDone(made.webhook)}
        />
      </Dialog>
    );
  }
  const problems = problemsOf(problem);
  return (
    <Dialog
      title={webhook === null ? "Add a webhook" : `Edit ${webhook.name}`}
      description={webhook === null ? "A program that is told of what happens from now on." : undefined}
      width="max-w-lg"
      onClose={onClose}
    >
      <form onSubmit={onSubmit} className="mt-4 flex flex-col gap-4">
        <Field
          label="Name"
          required
          maxLength={100}
          placeholder="CRM"
          value={name}
          problem={problems.name}
          onChange={(event) => setName(event.target.value)}
        />
        <Field
          label="Address"
          type="url"
          required
          maxLength={2_000}
          spellCheck={false}
          placeholder="https://crm.example/hooks/calls"
          hint="Where the requests go to. Addresses of your own network have to be allowed by who runs the server."
          value={url}
          problem={problems.url}
          onChange={(event) => setUrl(event.target.value)}
        />
        <Select
          label="What it is told of"
          value={isForAll ? "all" : "some"}
          onChange={(event) => setIsForAll(event.target.value === "all")}
        >
          <option value="all">Every change</option>
          <option value="some">Kinds that I choose</option>
        </Select>
        {!isForAll && (
          <div>
            <div className="flex flex-col gap-3 rounded-lg border border-line p-3">
              {Object.entries(kindGroups).map(([group, labels]) => (
                <fieldset key={group}>
                  <legend className="mb-1 text-sm font-medium text-soft">{group}</legend>
                  <div className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-x-4">
                    {(Object.entries(labels) as [ChangeKind, string][]).map(([kind, label]) => (
                      <label key={kind} className="flex min-h-7 items-center gap-2 text-base">
                        <input
                          type="checkbox"
                          className="size-4 shrink-0 accent-accent"
                          checked={kinds.has(kind)}
                          onChange={({ target: { checked } }) => {
                            const next = new Set(kinds);
                            if (checked) next.add(kind);
                            else next.delete(kind);
                            setKinds(next);
                          }}
                        />
                        {label}
                      </label>
                    ))}
                  </div>
                </fieldset>
              ))}
            </div>
            <p role="alert" className="mt-1 text-sm text-bad empty:hidden">
              {isLacking && kinds.size === 0 ? "Choose one kind at least." : null}
            </p>
          </div>
        )}
        <p role="alert" className="text-sm text-bad empty:hidden">
          {problems.other}
        </p>
        <DialogButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={isRunning}>
            {webhook === null ? "Add it" : "Save"}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

/** What is wrong, beside the field that it is about: the server begins with the name of that. */
function problemsOf(problem: string | null): { readonly [field in "name" | "url" | "other"]: string | null } {
  const text = problem ?? "";
  if (text.startsWith("url ")) return { name: null, url: `The address ${text.slice("url ".length)}`, other: null };
  if (text.startsWith("name ")) return { name: `The ${text}`, url: null, other: null };
  return { name: null, url: null, other: problem };
}

import { useState } from "react";
import { mutate } from "../../api/mutate.ts";
import { type ApiKeyScope, CreateApiKeyDocument } from "../../api/settings.gen.ts";
import { announce } from "../../ui/announce.tsx";
import { Button } from "../../ui/button.tsx";
import { DialogButtons } from "../../ui/confirm-dialog.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, Select } from "../../ui/field.tsx";
import { useSubmit } from "../session/use-submit.ts";
import { ShownOnce } from "../shell/shown-once.tsx";

const dayMs = 86_400_000;

const scopeSets = {
  read: { label: "Reads: queries and subscriptions", scopes: ["READ"] },
  both: { label: "Reads and writes: mutations of calls as well", scopes: ["READ", "WRITE"] },
  write: { label: "Only writes", scopes: ["WRITE"] },
} as const satisfies Record<string, { label: string; scopes: readonly ApiKeyScope[] }>;

/** Name, scopes, end and limit of a new key; then the secret. */
export function CreateKeyDialog({
  onClose,
  onCreated,
}: {
  readonly onClose: () => void;
  readonly onCreated: () => void;
}) {
  const [name, setName] = useState("");
  const [scopeSet, setScopeSet] = useState<keyof typeof scopeSets>("read");
  const [days, setDays] = useState("90");
  const [perMinute, setPerMinute] = useState("600");
  const [secret, setSecret] = useState<string | null>(null);
  const { isRunning, problem, onSubmit } = useSubmit(async () => {
    const { createApiKey } = await mutate(CreateApiKeyDocument, {
      input: {
        name: name.trim(),
        scopes: scopeSets[scopeSet].scopes,
        expiresAt: days === "" ? null : new Date(Date.now() + Number(days) * dayMs).toISOString(),
        requestsPerMinute: Number(perMinute),
      },
    });
    setSecret(createApiKey.secret);
    announce("The key is made");
    onCreated();
  });
  if (secret !== null) {
    return (
      <Dialog
        title={`The key ${name.trim()} is made`}
        description="The program sends it as Authorization: Bearer, wherever an access token is."
        onClose={onClose}
      >
        <ShownOnce
          label="Key"
          value={secret}
          note="It is shown only now. Copy it before you close this; if it is lost, make another."
          action="I have kept it"
          onDone={onClose}
        />
      </Dialog>
    );
  }
  return (
    <Dialog title="Create a key" onClose={onClose}>
      <form onSubmit={onSubmit} className="mt-4 flex flex-col gap-4">
        <Field
          label="Name"
          required
          maxLength={100}
          placeholder="Reporting"
          value={name}
          problem={problem}
          onChange={(event) => setName(event.target.value)}
        />
        <Select
          label="What it may do"
          value={scopeSet}
          onChange={(event) => setScopeSet(event.target.value as keyof typeof scopeSets)}
        >
          {Object.entries(scopeSets).map(([value, { label }]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
        <div className="grid gap-4 tablet:grid-cols-2">
          <Select label="Ends" value={days} onChange={(event) => setDays(event.target.value)}>
            <option value="30">In 30 days</option>
            <option value="90">In 90 days</option>
            <option value="365">In a year</option>
            <option value="">Not by itself</option>
          </Select>
          <Field
            label="Requests a minute"
            type="number"
            min={1}
            max={100_000}
            required
            value={perMinute}
            onChange={(event) => setPerMinute(event.target.value)}
          />
        </div>
        <DialogButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={isRunning}>
            Create it
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

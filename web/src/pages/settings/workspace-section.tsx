import { useState } from "react";
import { useQuery } from "urql";
import { failureFrom } from "../../api/failure.ts";
import { ChoicesDocument, type WorkspacePartsFragment } from "../../api/settings.gen.ts";
import { countOf } from "../../lib/format.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Failure } from "../../ui/states.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { useSubmit } from "../session/use-submit.ts";
import { LoadingLines } from "../shell/loading-lines.tsx";
import { countOlderCalls, saveWorkspace } from "./choices.ts";
import { ForgetNumber } from "./forget-number.tsx";
import { Section } from "./section.tsx";
import { SaveRow } from "./you-section.tsx";
import { CountrySelect, TimeZoneSelect } from "./zone-and-country.tsx";

/** What holds for everybody who has not chosen otherwise. For admins. */
export function WorkspaceSection() {
  const [{ data, error }, fetchAgain] = useQuery({ query: ChoicesDocument });
  if (data !== undefined) {
    return (
      <>
        <WorkspaceForm settings={data.workspaceSettings} />
        <ForgetNumber />
      </>
    );
  }
  if (error === undefined) return <LoadingLines what="The workspace" />;
  const retry = () => fetchAgain({ requestPolicy: "network-only" });
  return <Failure title="The settings could not be fetched" failure={failureFrom(error)} onRetry={retry} />;
}

function WorkspaceForm({ settings }: { settings: WorkspacePartsFragment }) {
  const [name, setName] = useState(settings.name);
  const [timeZone, setTimeZone] = useState(settings.timeZone);
  const [country, setCountry] = useState(settings.defaultCountry ?? "");
  const [days, setDays] = useState(settings.callsKeptDays === null ? "" : String(settings.callsKeptDays));
  const [asked, setAsked] = useState<number | null>(null);
  const callsKeptDays = days === "" ? null : Number(days);
  const save = async () => {
    const defaultCountry = country === "" ? null : country;
    await saveWorkspace({ name: name.trim(), timeZone, defaultCountry, callsKeptDays });
    setAsked(null);
    showToast({ text: "The workspace is saved" });
  };
  const isShorter = callsKeptDays !== null && callsKeptDays < (settings.callsKeptDays ?? Infinity);
  const asking = useSubmit(async () => (isShorter ? setAsked(await countOlderCalls(callsKeptDays)) : save()));
  const saving = useSubmit(save);
  return (
    <Section title="Workspace" lead="It holds for everybody in the team who has not chosen otherwise.">
      <form onSubmit={asking.onSubmit} className="flex flex-col gap-5">
        <div className="grid gap-5 tablet:grid-cols-2">
          <Field
            className="tablet:col-span-2"
            label="Name"
            required
            maxLength={100}
            value={name}
            hint="What the team calls itself."
            onChange={(event) => setName(event.target.value)}
          />
          <TimeZoneSelect
            value={timeZone}
            onChange={setTimeZone}
            hint="While it is UTC, each device shows its own time."
          />
          <CountrySelect
            value={country}
            onChange={setCountry}
            none="None: all numbers with their code"
            hint="Numbers of this country are shown without its code."
          />
          <Field
            className="tablet:col-span-2"
            type="number"
            min={1}
            max={36_500}
            step={1}
            placeholder="For ever"
            label="Days that calls are kept"
            value={days}
            hint="Older calls are deleted each hour, with their notes and history, and do not come back. Empty keeps all."
            onChange={(event) => setDays(event.target.value)}
          />
        </div>
        <SaveRow problem={asking.problem} isRunning={asking.isRunning} />
      </form>
      {asked !== null && callsKeptDays !== null && (
        <ConfirmDialog
          title={`Delete calls after ${countOf(callsKeptDays, "day")}?`}
          action="Delete and save"
          problem={saving.problem}
          isRunning={saving.isRunning}
          onSubmit={saving.onSubmit}
          onClose={() => setAsked(null)}
        >
          {asked === 0
            ? "No call is that old yet. From now on each goes once it is, with its notes and history. This cannot be undone."
            : `${countOf(asked, "call is", "calls are")} older and will be gone within the hour, with notes and history. This cannot be undone.`}
        </ConfirmDialog>
      )}
    </Section>
  );
}

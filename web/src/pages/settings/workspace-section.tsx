import { useState } from "react";
import { useQuery } from "urql";
import { failureFrom } from "../../api/failure.ts";
import { ChoicesDocument, type WorkspacePartsFragment } from "../../api/settings.gen.ts";
import { Field } from "../../ui/field.tsx";
import { Failure } from "../../ui/states.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { useSubmit } from "../session/use-submit.ts";
import { LoadingLines } from "../shell/loading-lines.tsx";
import { saveWorkspace } from "./choices.ts";
import { Section } from "./section.tsx";
import { SaveRow } from "./you-section.tsx";
import { CountrySelect, TimeZoneSelect } from "./zone-and-country.tsx";

/** What holds for everybody who has not chosen otherwise. For admins. */
export function WorkspaceSection() {
  const [{ data, error }, fetchAgain] = useQuery({ query: ChoicesDocument });
  if (data !== undefined) return <WorkspaceForm settings={data.workspaceSettings} />;
  if (error === undefined) return <LoadingLines what="The workspace" />;
  const retry = () => fetchAgain({ requestPolicy: "network-only" });
  return <Failure title="The settings could not be fetched" failure={failureFrom(error)} onRetry={retry} />;
}

function WorkspaceForm({ settings }: { settings: WorkspacePartsFragment }) {
  const [name, setName] = useState(settings.name);
  const [timeZone, setTimeZone] = useState(settings.timeZone);
  const [country, setCountry] = useState(settings.defaultCountry ?? "");
  const { isRunning, problem, onSubmit } = useSubmit(async () => {
    await saveWorkspace({ name: name.trim(), timeZone, defaultCountry: country === "" ? null : country });
    showToast({ text: "The workspace is saved" });
  });
  return (
    <Section title="Workspace" lead="It holds for everybody in the team who has not chosen otherwise.">
      <form onSubmit={onSubmit} className="flex flex-col gap-5">
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
        </div>
        <SaveRow problem={problem} isRunning={isRunning} />
      </form>
    </Section>
  );
}

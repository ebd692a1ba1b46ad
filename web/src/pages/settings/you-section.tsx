import { useState } from "react";
import { useQuery } from "urql";
import { failureFrom } from "../../api/failure.ts";
import { ChoicesDocument, type ChoicesQuery, type Theme } from "../../api/settings.gen.ts";
import { Button } from "../../ui/button.tsx";
import { Select } from "../../ui/field.tsx";
import { Failure } from "../../ui/states.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { useSubmit } from "../session/use-submit.ts";
import { LoadingLines } from "../shell/loading-lines.tsx";
import { savePreferences, singleKeys } from "./choices.ts";
import { DeviceSection } from "./device-section.tsx";
import { Section } from "./section.tsx";
import { CountrySelect, TimeZoneSelect } from "./zone-and-country.tsx";

const pageSizes = [10, 25, 50, 100, 200];

/** How one person likes the app. */
export function YouSection() {
  const [{ data, error }, fetchAgain] = useQuery({ query: ChoicesDocument });
  if (data !== undefined)
    return (
      <>
        <PreferencesForm choices={data} />
        <DeviceSection />
      </>
    );
  if (error === undefined) return <LoadingLines what="Your preferences" />;
  const retry = () => fetchAgain({ requestPolicy: "network-only" });
  return <Failure title="Your preferences could not be fetched" failure={failureFrom(error)} onRetry={retry} />;
}

function PreferencesForm({ choices: { preferences, workspaceSettings } }: { choices: ChoicesQuery }) {
  const [timeZone, setTimeZone] = useState(preferences.timeZone ?? "");
  const [country, setCountry] = useState(preferences.defaultCountry ?? "");
  const [pageSize, setPageSize] = useState(String(preferences.pageSize ?? ""));
  const [theme, setTheme] = useState<Theme | "">(preferences.theme ?? "");
  const [hasKeys, setHasKeys] = useState(!preferences.keysOff.includes(singleKeys));
  const { isRunning, problem, onSubmit } = useSubmit(async () => {
    const others = preferences.keysOff.filter((name) => name !== singleKeys);
    await savePreferences({
      timeZone: timeZone === "" ? null : timeZone,
      defaultCountry: country === "" ? null : country,
      pageSize: pageSize === "" ? null : Number(pageSize),
      theme: theme === "" ? null : theme,
      keysOff: hasKeys ? others : [...others, singleKeys],
    });
    showToast({ text: "Your preferences are saved" });
  });
  const sizes = pageSize === "" ? pageSizes : [...new Set([...pageSizes, Number(pageSize)])].toSorted((a, b) => a - b);
  return (
    <Section title="Your preferences" lead="They hold wherever you sign in, for you alone.">
      <form onSubmit={onSubmit} className="flex flex-col gap-5">
        <div className="grid gap-5 tablet:grid-cols-2">
          <TimeZoneSelect
            value={timeZone}
            onChange={setTimeZone}
            none={
              workspaceSettings.timeZone === "UTC"
                ? "As this device has it"
                : `The team's, ${workspaceSettings.timeZone}`
            }
            hint="Whose days and hours calls are shown in."
          />
          <CountrySelect
            value={country}
            onChange={setCountry}
            none="The team's"
            hint="Numbers of this country are shown without its code."
          />
          <Select
            label="Calls of a page"
            hint="Where the list is shown on pages: choose it in the list’s menu."
            value={pageSize}
            onChange={(event) => setPageSize(event.target.value)}
          >
            <option value="">As usual</option>
            {sizes.map((size) => (
              <option key={size}>{size}</option>
            ))}
          </Select>
          <Select
            label="Theme"
            hint="Light or dark."
            value={theme}
            onChange={(event) => setTheme(event.target.value as Theme | "")}
          >
            <option value="">What each device remembers</option>
            <option value="SYSTEM">As the system</option>
            <option value="LIGHT">Light</option>
            <option value="DARK">Dark</option>
          </Select>
        </div>
        <label className="flex items-start gap-2 text-base">
          <input
            type="checkbox"
            className="mt-0.5 size-4 shrink-0 accent-accent"
            checked={hasKeys}
            onChange={(event) => setHasKeys(event.target.checked)}
          />
          <span>
            Single keys act
            <span className="block text-sm text-quiet">
              Such as E to archive. Each can be switched off or changed under Keyboard; those with Ctrl always act.
            </span>
          </span>
        </label>
        <SaveRow problem={problem} isRunning={isRunning} />
      </form>
    </Section>
  );
}

/** The end of a form: what went wrong, and the button. */
export function SaveRow({ problem, isRunning }: { readonly problem: string | null; readonly isRunning: boolean }) {
  return (
    <div className="flex flex-wrap items-center gap-3 border-t border-line pt-4">
      <Button type="submit" look="primary" disabled={isRunning}>
        Save
      </Button>
      <p role="alert" className="text-sm text-bad empty:hidden">
        {problem}
      </p>
    </div>
  );
}

import { useState } from "react";
import { mutate } from "../../api/mutate.ts";
import { ExportTicketDocument } from "../../api/settings.gen.ts";
import { deviceZone, zone } from "../../lib/zone.ts";
import { announce } from "../../ui/announce.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useStore } from "../../ui/use-store.ts";
import { useSubmit } from "../session/use-submit.ts";
import { Section } from "./section.tsx";
import { TimeZoneSelect } from "./zone-and-country.tsx";

const formats = {
  csv: { label: "CSV for spreadsheets", text: "Times by the clocks of a zone, made to be opened and read." },
  "csv-exact": { label: "Exact CSV", text: "Every value as it is kept. Ringback reads it back." },
  ndjson: { label: "NDJSON", text: "One call a line as JSON, exact as well. For programs." },
} as const;

type Format = keyof typeof formats;

/** All calls as a file. */
export function ExportSection() {
  const shownZone = useStore(zone);
  const [format, setFormat] = useState<Format>("csv");
  const [timeZone, setTimeZone] = useState(shownZone ?? deviceZone());
  const { isRunning, problem, onSubmit } = useSubmit(async () => {
    const { exportTicket } = await mutate(ExportTicketDocument, { format, timeZone });
    announce("The download begins");
    // Answered as an attachment: the page stays.
    location.assign(exportTicket.path);
  });
  return (
    <Section title="Export" lead="All calls of the workspace with their notes, as one file.">
      <form onSubmit={onSubmit} className="flex flex-col gap-5">
        <fieldset>
          <legend className="mb-1 text-sm font-medium text-soft">Format</legend>
          <div className="divide-y divide-line rounded-lg border border-line bg-surface">
            {(Object.keys(formats) as Format[]).map((name) => (
              <label key={name} className="flex items-start gap-3 px-4 py-3 text-base">
                <input
                  type="radio"
                  name="format"
                  className="mt-0.5 size-4 shrink-0 accent-accent"
                  checked={format === name}
                  onChange={() => setFormat(name)}
                />
                <span>
                  {formats[name].label}
                  <span className="block text-sm text-quiet">{formats[name].text}</span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        {format === "csv" && (
          <TimeZoneSelect value={timeZone} onChange={setTimeZone} hint="Whose clocks the times of the file show." />
        )}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" look="primary" disabled={isRunning}>
            <Icon name="download" />
            Download
          </Button>
          <p role="alert" className="text-sm text-bad empty:hidden">
            {problem}
          </p>
        </div>
      </form>
    </Section>
  );
}

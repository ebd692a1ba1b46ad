import { useState } from "react";
import type { CallFilter } from "../../api/list.gen.ts";
import { mutate } from "../../api/mutate.ts";
import { ExportTicketDocument } from "../../api/settings.gen.ts";
import { zoneNow } from "../../lib/zone.ts";
import { announce } from "../../ui/announce.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useSubmit } from "../session/use-submit.ts";
import { TimeZoneSelect } from "./zone-and-country.tsx";

const formats = {
  csv: { label: "CSV for spreadsheets", text: "Times by the clocks of a zone, made to be opened and read." },
  "csv-exact": { label: "Exact CSV", text: "Every value as it is kept. Ringback reads it back." },
  ndjson: { label: "NDJSON", text: "One call a line as JSON, exact as well. For programs." },
} as const;

/** What a spreadsheet may have of each call, in its order. */
const columns = {
  id: "Id",
  direction: "Direction",
  from: "From",
  to: "To",
  via: "Line",
  duration: "Length",
  call_type: "Type",
  created_at: "Time",
  is_archived: "Archived",
  notes: "Notes",
} as const;

type Format = keyof typeof formats;
type Column = keyof typeof columns;
const allColumns = Object.keys(columns) as Column[];

/** Which file, by whose clocks and with which columns; it begins to download when the server is ready. */
export function ExportForm({ filter, onBegun }: { readonly filter: CallFilter | null; readonly onBegun?: () => void }) {
  const [format, setFormat] = useState<Format>("csv");
  const [timeZone, setTimeZone] = useState(zoneNow);
  const [chosen, setChosen] = useState<ReadonlySet<Column>>(new Set(allColumns));
  const isSheet = format === "csv";
  const { isRunning, problem, onSubmit } = useSubmit(async () => {
    const some = isSheet && chosen.size < allColumns.length ? allColumns.filter((one) => chosen.has(one)) : null;
    const { exportTicket } = await mutate(ExportTicketDocument, { format, timeZone, filter, columns: some });
    announce("The download begins");
    onBegun?.();
    // Answered as an attachment: the page stays.
    location.assign(exportTicket.path);
  });
  const toggle = (column: Column, isOn: boolean) => {
    const next = new Set(chosen);
    if (isOn) next.add(column);
    else next.delete(column);
    setChosen(next);
  };
  return (
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
      {isSheet && (
        <>
          <TimeZoneSelect value={timeZone} onChange={setTimeZone} hint="Whose clocks the times of the file show." />
          <fieldset>
            <legend className="mb-1.5 text-sm font-medium text-soft">Columns</legend>
            <div className="grid grid-cols-2 gap-x-4 gap-y-1 tablet:grid-cols-3">
              {allColumns.map((column) => (
                <label key={column} className="flex min-h-7 items-center gap-2 text-base">
                  <input
                    type="checkbox"
                    className="size-4 shrink-0 accent-accent"
                    checked={chosen.has(column)}
                    onChange={(event) => toggle(column, event.target.checked)}
                  />
                  {columns[column]}
                </label>
              ))}
            </div>
          </fieldset>
        </>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" disabled={isRunning || (isSheet && chosen.size === 0)}>
          <Icon name="download" />
          Download
        </Button>
        <p role="alert" className="text-sm text-bad empty:hidden">
          {problem}
        </p>
      </div>
    </form>
  );
}

import { type ReactNode, useId } from "react";

/** A chart with its heading, what it says in one sentence, and what the mark that is looked at stands for. */
export function ChartCard({
  title,
  summary,
  readout,
  hint = "",
  legend,
  children,
}: {
  readonly title: string;
  readonly summary: string;
  /** In words, of the mark under the pointer or the focus; the mark itself has the same name. Null for a table. */
  readonly readout: string | null;
  /** What stands there while none is looked at. */
  readonly hint?: string;
  readonly legend?: ReactNode;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col rounded-lg border border-line bg-surface p-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        {legend}
      </div>
      <p className="mt-0.5 text-sm text-quiet">{summary}</p>
      <div className="mt-3 min-w-0 flex-1">{children}</div>
      {readout !== null && (
        <p aria-hidden="true" className="tabular mt-3 h-5 truncate text-sm text-soft">
          {readout === "" ? <span className="text-quiet">{hint}</span> : readout}
        </p>
      )}
    </section>
  );
}

/** What the two fillings of bars mean. */
export function Legend() {
  return (
    <ul className="flex gap-4 text-xs text-quiet">
      <li className="flex items-center gap-1.5">
        <span aria-hidden="true" className="mark-taken size-3 rounded-sm" />
        Not missed
      </li>
      <li className="flex items-center gap-1.5">
        <span aria-hidden="true" className="mark-missed size-3 rounded-sm" />
        Missed
      </li>
    </ul>
  );
}

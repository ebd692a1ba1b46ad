import { type ReactNode, useId } from "react";

/** A part of the settings: what it is about, what can be done with it, and its content. */
export function Section({
  title,
  lead,
  action,
  children,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} className="max-w-3xl px-4 pt-6">
      <div className="mb-4 flex flex-wrap items-start gap-3">
        <div className="min-w-0 flex-1 basis-56">
          <h2 id={heading} className="text-lg font-semibold">
            {title}
          </h2>
          {lead !== undefined && <p className="mt-0.5 text-base text-quiet">{lead}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}

/** Rows in a box. */
export function Rows({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ul aria-label={label} className="divide-y divide-line rounded-lg border border-line bg-surface">
      {children}
    </ul>
  );
}

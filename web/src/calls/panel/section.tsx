import { type ReactNode, useId } from "react";

/** A part of the panel under its heading. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} className="border-t border-line px-5 py-4">
      <div className="mb-3 flex min-h-5 items-center justify-between gap-3">
        <h3 id={heading} className="text-sm font-semibold">
          {title}
        </h3>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** In place of a part that could not be fetched: why, and another try. */
export function PartFailure({ what, onRetry }: { what: string; onRetry: () => void }) {
  return (
    <p className="text-base text-quiet">
      {what} could not be fetched.{" "}
      <button type="button" className="font-medium text-accent underline" onClick={onRetry}>
        Retry
      </button>
    </p>
  );
}

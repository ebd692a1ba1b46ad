import { type ComponentProps, type ReactNode, useId, useState } from "react";
import { classNames } from "../lib/class-names.ts";

const box =
  "w-full rounded-md border border-control bg-surface px-3 text-base text-ink hover:border-soft aria-invalid:border-bad";

type Labelled = {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong with the value; spoken when it comes. */
  readonly problem?: string | null | undefined;
};

/** A text field with its label, hint and problem, put together for those who hear the page. */
export function Field({ label, hint, problem, className, ...rest }: ComponentProps<"input"> & Labelled) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium text-soft">
        {label}
      </label>
      <input id={id} className={classNames(box, "h-9")} {...described(id, hint, problem)} {...rest} />
      <FieldTexts id={id} hint={hint} problem={problem} />
    </div>
  );
}

/** The same over several lines. */
export function TextArea({ label, hint, problem, className, ...rest }: ComponentProps<"textarea"> & Labelled) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium text-soft">
        {label}
      </label>
      <textarea id={id} className={classNames(box, "resize-none py-2")} {...described(id, hint, problem)} {...rest} />
      <FieldTexts id={id} hint={hint} problem={problem} />
    </div>
  );
}

/** One of a few, by the browser's own list. */
export function Select({ label, hint, problem, className, ...rest }: ComponentProps<"select"> & Labelled) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium text-soft">
        {label}
      </label>
      <select id={id} className={classNames(box, "h-9")} {...described(id, hint, problem)} {...rest} />
      <FieldTexts id={id} hint={hint} problem={problem} />
    </div>
  );
}

/** A password that can be looked at while it is typed, and pasted. */
export function PasswordField(props: ComponentProps<"input"> & Labelled) {
  const [isShown, setIsShown] = useState(false);
  return (
    <div className="relative">
      <Field {...props} type={isShown ? "text" : "password"} spellCheck={false} autoCapitalize="none" />
      <button
        type="button"
        aria-pressed={isShown}
        aria-label="Show password"
        onClick={() => setIsShown(!isShown)}
        className="absolute top-6 right-1 h-9 rounded-md px-2 text-sm font-medium text-quiet hover:text-ink"
      >
        {isShown ? "Hide" : "Show"}
      </button>
    </div>
  );
}

function described(id: string, hint: ReactNode, problem: string | null | undefined) {
  const hasProblem = problem !== undefined && problem !== null && problem !== "";
  const ids = [hint !== undefined && `${id}-hint`, hasProblem && `${id}-problem`].filter(Boolean).join(" ");
  return { "aria-invalid": hasProblem || undefined, "aria-describedby": ids === "" ? undefined : ids };
}

function FieldTexts({ id, hint, problem }: { id: string } & Omit<Labelled, "label">) {
  return (
    <>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="mt-1 text-sm text-quiet">
          {hint}
        </p>
      )}
      <p id={`${id}-problem`} role="alert" className="mt-1 text-sm text-bad empty:hidden">
        {problem}
      </p>
    </>
  );
}

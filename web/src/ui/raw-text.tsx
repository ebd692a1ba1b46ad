import { classNames } from "../lib/class-names.ts";

/** A text as it came or goes, in a box that is scrolled with the keyboard too. */
export function RawText({
  label,
  text,
  className = "max-h-[40vh]",
}: {
  readonly label: string;
  readonly text: string;
  /** How high it becomes. */
  readonly className?: string;
}) {
  return (
    <pre
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled with the keyboard
      tabIndex={0}
      aria-label={label}
      role="group"
      className={classNames("overflow-auto rounded-md border border-line bg-ground p-3 font-mono text-sm", className)}
    >
      {text}
    </pre>
  );
}

import { Fragment } from "react";

const names: Readonly<Record<string, string>> = {
  Control: "Ctrl",
  Escape: "Esc",
  ArrowDown: "↓",
  ArrowUp: "↑",
  " ": "Space",
};

/** Keys as they stand on a keyboard. */
export function KeyLabel({ keys }: { keys: string }) {
  return (
    <span className="inline-flex items-center gap-1 text-xs text-quiet">
      {keys.split(" ").map((chord, at) => (
        <Fragment key={chord}>
          {at > 0 && <span>then</span>}
          {chord.split("+").map((key) => (
            <kbd
              key={key}
              className="min-w-5 rounded-sm border border-line bg-hover px-1.5 py-0.5 text-center font-sans leading-none text-soft"
            >
              {names[key] ?? (key.length === 1 ? key.toUpperCase() : key)}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}

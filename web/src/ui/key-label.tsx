import { Fragment } from "react";
import { type KeyBinding, keysOf } from "../lib/keys.ts";
import { keys as keyboard } from "./use-keys.ts";
import { useStore } from "./use-store.ts";

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
          {chord.split(/\+(?=.)/).map((key) => (
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

/** The keys that a command has by the choices of the person; nothing where it has none. */
export function KeyOf({ command }: { command: Pick<KeyBinding, "keys" | "scope" | "label"> }) {
  const chosen = keysOf(command, useStore(keyboard.choices));
  return chosen === null ? null : <KeyLabel keys={chosen} />;
}

/** What stands on the keys of a command, for texts: `E`, `G D`, `Ctrl+A`. */
export function keyText(keys: string): string {
  return keys
    .split(" ")
    .map((chord) =>
      chord
        .split(/\+(?=.)/)
        .map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key))
        .join("+"),
    )
    .join(" ");
}

import { type KeyboardEvent, useId, useState } from "react";
import { classNames } from "../lib/class-names.ts";
import type { KeyBinding } from "../lib/keys.ts";
import { Dialog } from "./dialog.tsx";
import { KeyOf } from "./key-label.tsx";
import { keys, useKeys } from "./use-keys.ts";
import { useStore } from "./use-store.ts";

/** `Ctrl+K`: everything that a key does here, by its name; shows the key, so that it is learned on the way. */
export function Palette() {
  const [isOpen, setIsOpen] = useState(false);
  useKeys([
    {
      keys: "Control+k",
      label: "Find an action",
      scope: "Help",
      whileTyping: true,
      isPaletteHidden: true,
      run: () => setIsOpen(true),
    },
  ]);
  return isOpen ? <OpenPalette onClose={() => setIsOpen(false)} /> : null;
}

function OpenPalette({ onClose }: { onClose: () => void }) {
  const id = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const found = find(useStore(keys.bindings), text);
  const active = Math.min(at, found.length - 1);
  const run = (binding: KeyBinding | undefined) => {
    if (binding === undefined) return;
    onClose();
    // After the focus has gone back to where it was, for what runs may move it.
    setTimeout(binding.run);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt((active + 1) % Math.max(1, found.length));
    else if (event.key === "ArrowUp") setAt((active + found.length - 1) % Math.max(1, found.length));
    else if (event.key === "Enter") run(found[active]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title="Find an action" width="max-w-lg" onClose={onClose}>
      <input
        role="combobox"
        aria-label="Action"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={found[active] === undefined ? undefined : `${id}-${active}`}
        placeholder="Type what you want to do"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className="mt-3 h-10 w-full rounded-md border border-control bg-surface px-3 text-base"
      />
      <div role="listbox" id={`${id}-list`} aria-label="Actions" className="mt-2 max-h-80 overflow-y-auto">
        {found.map((binding, index) => (
          <div
            key={`${binding.scope} ${binding.keys} ${binding.label}`}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onPointerMove={() => setAt(index)}
            onClick={() => run(binding)}
            onKeyDown={onKeyDown}
            className={classNames(
              "flex h-9 cursor-pointer items-center gap-2 rounded-md px-3 text-base",
              index === active && "bg-hover",
            )}
          >
            <span className="flex-1 truncate">{binding.label}</span>
            <KeyOf command={binding} />
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="px-3 py-2 text-base text-quiet">No action is called that.</p>}
    </Dialog>
  );
}

function find(bindings: readonly KeyBinding[], text: string): readonly KeyBinding[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const seen = new Set<string>();
  return bindings.filter(({ label, scope, isPaletteHidden, isUnlisted }) => {
    const name = `${scope} ${label}`.toLowerCase();
    if (
      isPaletteHidden === true ||
      isUnlisted === true ||
      seen.has(name) ||
      !words.every((word) => name.includes(word))
    )
      return false;
    seen.add(name);
    return true;
  });
}

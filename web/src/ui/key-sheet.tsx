import { useState } from "react";
import { Dialog } from "./dialog.tsx";
import { KeyOf } from "./key-label.tsx";
import { keys, useKeys } from "./use-keys.ts";
import { useStore } from "./use-store.ts";

/** `?` lists every key that acts where one is. */
export function KeySheet() {
  const [isOpen, setIsOpen] = useState(false);
  const bindings = useStore(keys.bindings);
  const choices = useStore(keys.choices);
  useKeys([{ keys: "?", label: "Show all keys", scope: "Help", run: () => setIsOpen(true) }]);
  if (!isOpen) return null;
  const listed = bindings.filter(({ isUnlisted }) => isUnlisted !== true);
  const scopes = Map.groupBy(listed, ({ scope }) => scope);
  return (
    <Dialog title="Keys" width="max-w-2xl" onClose={() => setIsOpen(false)}>
      {/* First, where it is in sight: the dialog gives it the focus. */}
      <label className="flex items-center gap-2 mt-3 border-b border-line pb-4 text-base">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={choices.isOn}
          onChange={(event) => keys.choices.set({ ...choices, isOn: event.target.checked })}
        />
        Single keys act, until this page is closed (Settings remembers)
      </label>
      <div className="mt-4 gap-x-10 tablet:columns-2">
        {[...scopes].map(([scope, those]) => (
          <section key={scope} className="mb-6 break-inside-avoid">
            <h3 className="mb-1 text-sm font-semibold">{scope}</h3>
            <dl>
              {those.map(({ keys: names, label }) => (
                <div key={`${names} ${label}`} className="flex items-center justify-between gap-4 py-1">
                  <dt className="text-base text-soft">{label}</dt>
                  <dd>
                    <KeyOf command={{ keys: names, label, scope }} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

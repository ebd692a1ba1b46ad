import { useState } from "react";
import { Dialog } from "./dialog.tsx";
import { KeyLabel } from "./key-label.tsx";
import { keys, useKeys } from "./use-keys.ts";
import { useStore } from "./use-store.ts";

/** `?` lists every key that acts where one is. */
export function KeySheet() {
  const [isOpen, setIsOpen] = useState(false);
  const bindings = useStore(keys.bindings);
  const isOn = useStore(keys.isOn);
  useKeys([{ keys: "?", label: "Show all keys", scope: "Help", run: () => setIsOpen(true) }]);
  if (!isOpen) return null;
  const scopes = Map.groupBy(bindings, ({ scope }) => scope);
  return (
    <Dialog title="Keys" width="max-w-2xl" onClose={() => setIsOpen(false)}>
      <div className="mt-4 gap-x-10 tablet:columns-2">
        {[...scopes].map(([scope, those]) => (
          <section key={scope} className="mb-6 break-inside-avoid">
            <h3 className="mb-1 text-sm font-semibold">{scope}</h3>
            <dl>
              {those.map(({ keys: names, label }) => (
                <div key={`${names} ${label}`} className="flex items-center justify-between gap-4 py-1">
                  <dt className="text-base text-soft">{label}</dt>
                  <dd>
                    <KeyLabel keys={names} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label className="flex items-center gap-2 border-t border-line pt-4 text-base">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={isOn}
          onChange={(event) => keys.isOn.set(event.target.checked)}
        />
        Single keys act (those with Ctrl always do)
      </label>
    </Dialog>
  );
}

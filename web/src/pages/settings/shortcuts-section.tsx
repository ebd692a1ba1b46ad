import { useState } from "react";
import { useQuery } from "urql";
import { failureFrom } from "../../api/failure.ts";
import { ChoicesDocument } from "../../api/settings.gen.ts";
import { type Command, commands } from "../../lib/commands.ts";
import { commandName, keysOf } from "../../lib/keys.ts";
import { Button } from "../../ui/button.tsx";
import { KeyLabel } from "../../ui/key-label.tsx";
import { Failure } from "../../ui/states.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { keys } from "../../ui/use-keys.ts";
import { useStore } from "../../ui/use-store.ts";
import { LoadingLines } from "../shell/loading-lines.tsx";
import { sayFailure } from "../shell/say-failure.ts";
import { chooseKey, savePreferences, singleKeys } from "./choices.ts";
import { KeyDialog } from "./key-dialog.tsx";
import { Rows, Section } from "./section.tsx";

/** Every key of characters: each can be switched off or be another one, or all of them together (WCAG 2.1.4). */
export function ShortcutsSection() {
  const [{ data, error }, fetchAgain] = useQuery({ query: ChoicesDocument });
  const [asked, setAsked] = useState<Command | null>(null);
  const choices = useStore(keys.choices);
  if (data === undefined) {
    if (error === undefined) return <LoadingLines what="Your keys" />;
    const retry = () => fetchAgain({ requestPolicy: "network-only" });
    return <Failure title="Your keys could not be fetched" failure={failureFrom(error)} onRetry={retry} />;
  }
  const setOn = (name: string, isOn: boolean) => {
    const off = new Set(choices.off);
    if (isOn) off.delete(name);
    else off.add(name);
    // At once; what is saved comes to the same.
    keys.choices.set({ ...choices, off, isOn: !off.has(singleKeys) });
    savePreferences({ keysOff: [...off] }).catch((failure: unknown) => {
      keys.choices.set(choices);
      sayFailure("The choice could not be saved", failure, () => setOn(name, isOn));
    });
  };
  const hasOwn = choices.own.size > 0;
  const scopes = Map.groupBy(commands, ({ scope }) => scope);
  return (
    <Section
      title="Keyboard"
      lead="Keys that are switched off stay so wherever you sign in. Keys of your own are kept by this browser, for another device has another keyboard."
      action={
        hasOwn ? (
          <Button
            onClick={() => {
              for (const name of choices.own.keys()) chooseKey(name, null);
              showToast({ text: "All keys are the usual ones again" });
            }}
          >
            Usual keys
          </Button>
        ) : undefined
      }
    >
      <label className="mb-6 flex items-start gap-2 text-base">
        <input
          type="checkbox"
          className="mt-0.5 size-4 shrink-0 accent-accent"
          checked={!choices.off.has(singleKeys)}
          onChange={(event) => setOn(singleKeys, event.target.checked)}
        />
        <span>
          Keys without Ctrl act
          <span className="block text-sm text-quiet">
            Those with Ctrl, Esc and the arrows always do; Ctrl+K finds everything by its name.
          </span>
        </span>
      </label>
      <div className="flex flex-col gap-6">
        {[...scopes].map(([scope, those]) => (
          <section key={scope} aria-label={scope}>
            <h3 className="mb-2 text-sm font-semibold">{scope}</h3>
            <Rows label={scope}>
              {those.map((command) => (
                <CommandRow
                  key={command.label}
                  command={command}
                  isOn={!choices.off.has(commandName(command))}
                  isOwn={choices.own.has(commandName(command))}
                  keyNow={keysOf(command, { ...choices, isOn: true, off: new Set() }) ?? command.keys}
                  onSwitch={(isOn) => setOn(commandName(command), isOn)}
                  onChange={() => setAsked(command)}
                />
              ))}
            </Rows>
          </section>
        ))}
      </div>
      {asked !== null && <KeyDialog command={asked} onClose={() => setAsked(null)} />}
    </Section>
  );
}

function CommandRow({
  command: { label },
  isOn,
  isOwn,
  keyNow,
  onSwitch,
  onChange,
}: {
  readonly command: Command;
  readonly isOn: boolean;
  readonly isOwn: boolean;
  readonly keyNow: string;
  readonly onSwitch: (isOn: boolean) => void;
  readonly onChange: () => void;
}) {
  return (
    <li className="flex min-h-11 items-center gap-3 px-4 py-1.5">
      <label className="flex min-h-6 min-w-0 flex-1 items-center gap-3 text-base">
        <input
          type="checkbox"
          className="size-4 shrink-0 accent-accent"
          checked={isOn}
          onChange={(event) => onSwitch(event.target.checked)}
        />
        <span className={isOn ? "min-w-0" : "min-w-0 text-quiet"}>{label}</span>
      </label>
      {isOwn && <span className="text-xs text-quiet">yours</span>}
      {isOn ? <KeyLabel keys={keyNow} /> : <span className="text-sm text-quiet">Off</span>}
      <Button size="sm" look="quiet" aria-label={`Change the key of ${label}`} onClick={onChange}>
        Change
      </Button>
    </li>
  );
}

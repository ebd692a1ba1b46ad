import { createStore, type Store } from "./store.ts";

/**
 * One thing a key does. `keys` is one key (`j`, `?`, `Enter`), a chord (`Control+k`, `Shift+j`) or two keys in a row (`g i`),
 * as `KeyboardEvent.key` names them, letters in lower case. Shift is written only for letters and named keys.
 */
export type KeyBinding = {
  readonly keys: string;
  /** What it does, as the sheet and the palette say it: `Archive or restore`. */
  readonly label: string;
  /** Heading on the sheet: `Inbox`, `Go to`, `Call`. */
  readonly scope: string;
  readonly run: () => void;
  /** Also acts while somebody types; for chords only. */
  readonly whileTyping?: boolean;
  /** Left out of the palette. */
  readonly isPaletteHidden?: boolean;
  /** Left out of sheet and palette: it only says why the key does nothing here. */
  readonly isUnlisted?: boolean;
};

/** What a person made of the keys, by the names of commands (WCAG 2.1.4). */
export type KeyChoices = {
  /** Whether keys of characters act at all; chords with Control, and keys such as Escape, always do. */
  readonly isOn: boolean;
  /** Commands whose key does nothing. */
  readonly off: ReadonlySet<string>;
  /** Commands with a key of the person's own. */
  readonly own: ReadonlyMap<string, string>;
};

export type Keys = {
  /** Everything that acts now, in the order in which it came. */
  readonly bindings: Store<readonly KeyBinding[]>;
  readonly choices: Store<KeyChoices>;
  /** Later ones go before earlier ones of the same keys. Returns how to take them back. */
  add(bindings: readonly KeyBinding[]): () => void;
  /** Runs what belongs to the event; true when something did. */
  handle(event: KeyEvent): boolean;
};

/** What is looked at of a keyboard event. */
export type KeyEvent = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly isTyping: boolean;
  readonly timeStamp: number;
};

/** How long the second key of a pair may take. */
const pairMsMax = 1_200;

/** Nothing chosen. */
export const usualKeys: KeyChoices = { isOn: true, off: new Set(), own: new Map() };

/** The keyboard of the app: screens add what their keys do, one listener asks it. */
export function createKeys(): Keys {
  const bindings = createStore<readonly KeyBinding[]>([]);
  const choices = createStore(usualKeys);
  let first: { readonly name: string; readonly at: number } | null = null;

  return {
    bindings,
    choices,
    add(added) {
      bindings.set([...bindings.get(), ...added]);
      return () => bindings.set(bindings.get().filter((binding) => !added.includes(binding)));
    },
    handle(event) {
      if (event.altKey) return false;
      const name = keyName(event);
      const before = first !== null && event.timeStamp - first.at < pairMsMax ? `${first.name} ` : "";
      first = null;
      const now = choices.get();
      const acting = bindings.get().map((binding) => ({ binding, chosen: keysOf(binding, now) }));
      const found = acting.findLast(
        ({ binding, chosen }) => chosen === before + name && (!event.isTyping || binding.whileTyping === true),
      );
      if (found !== undefined) {
        found.binding.run();
        return true;
      }
      const startsPair = acting.some(({ chosen }) => chosen?.startsWith(`${name} `) === true);
      if (startsPair && !event.isTyping) first = { name, at: event.timeStamp };
      return false;
    },
  };
}

/** The event's key as bindings write it. The Command key of a Mac counts as Control. */
export function keyName({
  key,
  ctrlKey,
  metaKey,
  shiftKey,
}: Pick<KeyEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey">): string {
  const isLetter = /^[a-z]$/i.test(key);
  const needsShift = shiftKey && (isLetter || key.length > 1);
  return `${ctrlKey || metaKey ? "Control+" : ""}${needsShift ? "Shift+" : ""}${isLetter ? key.toLowerCase() : key}`;
}

/** The name that choices know a command by: `list.next-call`. */
export function commandName({ scope, label }: Pick<KeyBinding, "scope" | "label">): string {
  const part = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  return `${part(scope)}.${part(label)}`.slice(0, 50);
}

/** Whether keys are made of characters alone, which speech and shaking hands press without meaning it: these can be switched off and changed. */
export function isOfCharacters(keys: string): boolean {
  return keys.split(" ").every((one) => one.replace(/^Shift\+/, "").length === 1);
}

/** The keys that a command has by a person's choices; null where it has none. */
export function keysOf(command: Pick<KeyBinding, "keys" | "scope" | "label">, choices: KeyChoices): string | null {
  if (!isOfCharacters(command.keys)) return command.keys;
  const name = commandName(command);
  if (!choices.isOn || choices.off.has(name)) return null;
  return choices.own.get(name) ?? command.keys;
}

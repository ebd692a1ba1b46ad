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
};

export type Keys = {
  /** Everything that acts now, in the order in which it came. */
  readonly bindings: Store<readonly KeyBinding[]>;
  /** Single keys can be switched off (WCAG 2.1.4); chords with Control stay. */
  readonly isOn: Store<boolean>;
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

/** The keyboard of the app: screens add what their keys do, one listener asks it. */
export function createKeys(): Keys {
  const bindings = createStore<readonly KeyBinding[]>([]);
  const isOn = createStore(true);
  let first: { readonly name: string; readonly at: number } | null = null;

  return {
    bindings,
    isOn,
    add(added) {
      bindings.set([...bindings.get(), ...added]);
      return () => bindings.set(bindings.get().filter((binding) => !added.includes(binding)));
    },
    handle(event) {
      const name = keyName(event);
      const isChord = event.ctrlKey || event.metaKey;
      if (event.altKey || (!isChord && !isOn.get())) return false;
      const before = first !== null && event.timeStamp - first.at < pairMsMax ? `${first.name} ` : "";
      first = null;
      const found = bindings
        .get()
        .findLast(({ keys, whileTyping }) => keys === before + name && (!event.isTyping || whileTyping === true));
      if (found !== undefined) {
        found.run();
        return true;
      }
      const startsPair = bindings.get().some(({ keys }) => keys.startsWith(`${name} `));
      if (startsPair && !event.isTyping) first = { name, at: event.timeStamp };
      return false;
    },
  };
}

/** The event's key as bindings write it. The Command key of a Mac counts as Control. */
export function keyName({ key, ctrlKey, metaKey, shiftKey }: KeyEvent): string {
  const isLetter = /^[a-z]$/i.test(key);
  const needsShift = shiftKey && (isLetter || key.length > 1);
  return `${ctrlKey || metaKey ? "Control+" : ""}${needsShift ? "Shift+" : ""}${isLetter ? key.toLowerCase() : key}`;
}

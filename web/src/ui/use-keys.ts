import { useEffect, useLayoutEffect, useRef } from "react";
import { createKeys, type KeyBinding } from "../lib/keys.ts";

/** The keyboard of the app. */
export const keys = createKeys();

/**
 * Binds keys while the component is there. `isActive: false` leaves them out. The list may be made anew at each drawing; what
 * runs is always the newest.
 */
export function useKeys(bindings: readonly KeyBinding[], isActive = true): void {
  const newest = useRef(bindings);
  useLayoutEffect(() => {
    newest.current = bindings;
  });
  const shape = bindings
    .map(({ keys: name, label, scope, isUnlisted }) => `${scope}\n${name}\n${label}\n${isUnlisted}`)
    .join("\n\n");
  // With what is drawn, not after it: a key acts as soon as the screen that it is for is there.
  useLayoutEffect(() => {
    if (!isActive) return;
    return keys.add(
      newest.current.map((binding, index) => Object.assign({}, binding, { run: () => newest.current[index]?.run() })),
    );
    // oxlint-disable-next-line react/exhaustive-deps, react/exhaustive-effect-dependencies -- the shape says when the list is another one
  }, [shape, isActive]);
}

/** Hands the document's key presses to the registry. Called once, by the root. */
export function useKeyboard(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const { key, ctrlKey, metaKey, altKey, shiftKey, timeStamp } = event;
      const isTyping = isTypedInto(event.target) || isOwnKeyOf(event.target, key);
      if (keys.handle({ key, ctrlKey, metaKey, altKey, shiftKey, timeStamp, isTyping })) event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

function isTypedInto(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("[role=menu], [role=dialog], [role=alertdialog]") !== null)
    return true;
  return target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])");
}

/** Enter and Space belong to the button or link that has the focus. */
function isOwnKeyOf(target: EventTarget | null, key: string): boolean {
  return (
    (key === "Enter" || key === " ") &&
    target instanceof HTMLElement &&
    target.matches("a[href], button, summary, input")
  );
}

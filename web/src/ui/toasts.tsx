import { useEffect, useRef, useState } from "react";
import { createStore } from "../lib/store.ts";
import { announce } from "./announce.tsx";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";
import { shownKeys } from "./shown-keys.ts";
import { keys } from "./use-keys.ts";
import { useStore } from "./use-store.ts";

/** How long a toast stays while nobody points at it or is in it. */
const toastMs = 10_000;
const toastsMax = 3;

export type Toast = {
  readonly text: string;
  /** What can be done about it, once. */
  readonly action?: { readonly label: string; readonly run: () => void };
  readonly isProblem?: boolean;
};

type Shown = Toast & { readonly id: number };

const shown = createStore<readonly Shown[]>([]);
let lastId = 0;

/** Shows a toast and says it. It takes no focus, and must not be the only way to its action. Returns how to take it away. */
export function showToast(toast: Toast): () => void {
  lastId += 1;
  const id = lastId;
  shown.set([...shown.get(), { ...toast, id }].slice(-toastsMax));
  const key = shownKeys("Z", keys.bindings.get(), keys.choices.get());
  const hint = key === null ? "" : ` with ${key}`;
  announce(toast.action === undefined ? toast.text : `${toast.text}. ${toast.action.label}${hint}.`);
  return () => dismiss(id);
}

/** Does the action of the newest toast that has one; false when there is none. */
export function runNewestAction(): boolean {
  const newest = shown.get().findLast(({ action }) => action !== undefined);
  if (newest === undefined) return false;
  dismiss(newest.id);
  newest.action?.run();
  return true;
}

function dismiss(id: number): void {
  shown.set(shown.get().filter((toast) => toast.id !== id));
}

/** Where toasts appear. Once, in the root. */
export function Toasts() {
  const toasts = useStore(shown);
  return (
    <section
      aria-label="Messages"
      className="pointer-events-none fixed inset-x-0 bottom-16 z-30 flex flex-col items-center gap-2 px-4 tablet:bottom-5"
    >
      {toasts.map((toast) => (
        <OneToast key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function OneToast({ toast: { id, text, action, isProblem = false } }: { toast: Shown }) {
  const [isHeld, setIsHeld] = useState(false);
  const left = useRef(toastMs);
  useEffect(() => {
    if (isHeld) return;
    const from = performance.now();
    const timer = setTimeout(() => dismiss(id), left.current);
    return () => {
      clearTimeout(timer);
      left.current -= performance.now() - from;
    };
  }, [id, isHeld]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- only holds the clock; nothing is done by it
    <div
      role="group"
      aria-label={text}
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
      className="pointer-events-auto flex max-w-full animate-appear items-center gap-3 rounded-lg bg-toast py-1.5 pr-1.5 pl-4 text-base text-on-toast shadow-raised forced-colors:border"
    >
      {isProblem && <Icon name="alert" />}
      <span>{text}</span>
      {action !== undefined && (
        <button
          type="button"
          className="h-8 rounded-md px-2 font-semibold text-toast-action hover:underline"
          onClick={() => {
            dismiss(id);
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <Button
        look="quiet"
        size="icon-sm"
        aria-label="Dismiss"
        className="text-on-toast! hover:bg-transparent hover:text-toast-action"
        onClick={() => dismiss(id)}
      >
        <Icon name="close" />
      </Button>
    </div>
  );
}

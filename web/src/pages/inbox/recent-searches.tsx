import { type KeyboardEvent, type Ref, useMemo } from "react";
import { recentFrom, withRecent } from "../../lib/recent.ts";
import type { Store } from "../../lib/store.ts";
import { createStoredText } from "../../lib/stored.ts";
import { Icon } from "../../ui/icon.tsx";
import { useStore } from "../../ui/use-store.ts";

/** Shorter ones are mostly on the way to another. */
const lengthMin = 2;
const stores = new Map<string, Store<string>>();

/** What somebody searched for in this browser, the newest first. */
export function useRecent(userId: string) {
  const store = storeOf(userId);
  const kept = useStore(store);
  const texts = useMemo(() => recentFrom(kept), [kept]);
  return {
    texts,
    add(text: string) {
      if (text.trim().length >= lengthMin) store.set(withRecent(recentFrom(store.get()), text.trim()).join("\n"));
    },
    forget: () => store.set(""),
  };
}

function storeOf(userId: string): Store<string> {
  const store = stores.get(userId) ?? createStoredText(`ringback-searches-${userId}`, "");
  stores.set(userId, store);
  return store;
}

const item =
  "flex h-8 w-full items-center gap-2 rounded-md px-2 text-left text-base hover:bg-hover focus-visible:bg-hover";

/** Earlier searches below the field: the arrows go through them, Escape goes back to the field. */
export function RecentSearches({
  texts,
  ref,
  onChoose,
  onForget,
  onLeave,
}: {
  readonly texts: readonly string[];
  readonly ref: Ref<HTMLDivElement>;
  readonly onChoose: (text: string) => void;
  readonly onForget: () => void;
  readonly onLeave: () => void;
}) {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const buttons = [...event.currentTarget.querySelectorAll("button")];
    const at = buttons.findIndex((button) => button === document.activeElement);
    if (event.key === "ArrowDown") buttons[Math.min(buttons.length - 1, at + 1)]?.focus();
    else if (event.key === "ArrowUp" && at > 0) buttons[at - 1]?.focus();
    else if (event.key === "Escape" || event.key === "ArrowUp") onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the buttons in it have the focus
    <div
      ref={ref}
      role="group"
      aria-label="Recent searches"
      onKeyDown={onKeyDown}
      className="absolute top-9 right-0 left-0 z-30 min-w-56 animate-appear rounded-lg border border-line bg-raised p-1 shadow-raised"
    >
      {texts.map((text) => (
        <button key={text} type="button" className={item} onClick={() => onChoose(text)}>
          <Icon name="search" size={14} className="text-quiet" />
          <bdi className="truncate">{text}</bdi>
        </button>
      ))}
      <button type="button" className={`${item} text-sm text-quiet`} onClick={onForget}>
        Forget these
      </button>
    </div>
  );
}

import { useEffect, useRef, useState } from "react";
import { RecentSearches, useRecent } from "./recent-searches.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useIsPhone } from "../../ui/use-is-phone.ts";
import { useKeys } from "../../ui/use-keys.ts";

/** How long somebody types on before the list is asked for. */
const settleMs = 250;

/** Numbers typed in any way, or words of notes and names. What is typed becomes the query by itself; the empty field offers earlier searches. */
export function SearchBox({
  value,
  userId,
  onSearch,
}: {
  readonly value: string;
  readonly userId: string;
  readonly onSearch: (text: string) => void;
}) {
  const isPhone = useIsPhone();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const [isIn, setIsIn] = useState(false);
  const recent = useRecent(userId);
  const list = useRef<HTMLDivElement>(null);
  const isOffering = isIn && text === "" && recent.texts.length > 0;
  const newest = useRef({ value, onSearch });
  useEffect(() => {
    // The query was changed elsewhere: a chip, a link, back.
    if (newest.current.value !== value) setText(value);
    newest.current = { value, onSearch };
  }, [value, onSearch]);
  useEffect(() => {
    const timer = setTimeout(() => {
      const { value: now, onSearch: search } = newest.current;
      if (text.trim() !== now) {
        newest.current = { value: text.trim(), onSearch: search };
        search(text.trim());
      }
    }, settleMs);
    return () => clearTimeout(timer);
  }, [text]);
  useKeys([{ keys: "/", label: "Search", scope: "List", run: () => input.current?.select() }]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- where the focus is says whether the searches are shown
    <search
      className="relative min-w-0 flex-1 tablet:max-w-72"
      onFocus={() => setIsIn(true)}
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        setIsIn(false);
        recent.add(text);
      }}
    >
      <Icon name="search" className="pointer-events-none absolute top-2 left-2.5 text-quiet" />
      <input
        ref={input}
        type="search"
        aria-label="Search numbers, names and notes"
        placeholder={isPhone ? "Search" : "Search numbers, names, notes"}
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") {
            if (text === "") input.current?.blur();
            setText("");
          } else if (event.key === "ArrowDown" && isOffering) {
            list.current?.querySelector("button")?.focus();
          } else if (event.key === "Enter" || event.key === "ArrowDown") {
            recent.add(text);
            if (text.trim() !== value) onSearch(text.trim());
            document.querySelector<HTMLElement>("[data-call][tabindex='0']")?.focus();
          } else return;
          event.preventDefault();
          event.stopPropagation();
        }}
        className="h-8 w-full min-w-0 rounded-md border border-line bg-ground pr-2 pl-8 text-base hover:border-control"
      />
      {isOffering && (
        <RecentSearches
          ref={list}
          texts={recent.texts}
          onChoose={(chosen) => {
            setText(chosen);
            onSearch(chosen);
            input.current?.focus();
          }}
          onForget={() => {
            recent.forget();
            input.current?.focus();
          }}
          onLeave={() => input.current?.focus()}
        />
      )}
    </search>
  );
}

import { useEffect, useRef } from "react";
import { presenceText } from "../lib/presence.ts";
import { announceNews } from "../ui/announce.tsx";
import { Icon } from "../ui/icon.tsx";
import { usePresence } from "./presence.ts";

/** On a row: somebody is at the call. */
export function PresenceDot({ callId }: { callId: string }) {
  const people = usePresence(callId);
  if (people.length === 0) return null;
  const text = presenceText(people);
  return (
    <span
      title={text}
      className="inline-flex h-5 shrink-0 items-center gap-1 self-center rounded-full bg-info-ground px-1.5 text-xs font-medium text-info"
    >
      {people.some(({ isWriting }) => isWriting) ? (
        <Icon name="note" size={12} />
      ) : (
        <span aria-hidden="true" className="size-2 rounded-full bg-info" />
      )}
      <span aria-hidden="true" className="max-w-20 truncate">
        {people.length === 1 ? people[0]?.name : people.length}
      </span>
      <span className="sr-only">{text}</span>
    </span>
  );
}

/** In the panel: who else is there, told once to those who hear the page. */
export function PresenceLine({ callId }: { callId: string }) {
  const text = presenceText(usePresence(callId));
  const told = useRef("");
  useEffect(() => {
    if (text !== "" && text !== told.current) announceNews(text);
    told.current = text;
  }, [text]);
  if (text === "") return null;
  return (
    <p className="mx-5 mb-2 flex items-center gap-2 rounded-md bg-info-ground px-3 py-1.5 text-base text-info">
      <span aria-hidden="true" className="size-2 shrink-0 rounded-full bg-info" />
      {text}
    </p>
  );
}

import { type RefObject, useEffect } from "react";
import { createStore } from "../lib/store.ts";

/** The fields of the open call that keys lead to. */
export type CallField = "note" | "assignee" | "tag";

const wanted = createStore<{ readonly callId: string; readonly field: CallField } | null>(null);

/** Gives a field of the open call the focus: as soon as it is there, for the panel may be on its way. */
export function wantField(callId: string, field: CallField): void {
  wanted.set({ callId, field });
}

/** Called where the fields are. Who has begun to type elsewhere meanwhile is left there. */
export function useWantedField(
  callId: string,
  fields: Readonly<Record<CallField, RefObject<HTMLElement | null>>>,
): void {
  const { note, assignee, tag } = fields;
  useEffect(() => {
    const take = () => {
      const now = wanted.get();
      if (now === null) return;
      wanted.set(null);
      const isTyping = document.activeElement?.matches("input:not([type=checkbox]), textarea, select") === true;
      if (now.callId === callId && !isTyping) ({ note, assignee, tag })[now.field].current?.focus();
    };
    take();
    return wanted.follow(take);
  }, [callId, note, assignee, tag]);
}

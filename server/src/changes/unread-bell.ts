import type { UnreadBell } from "../domain/unread.ts";
import { type Whispers, whisperBytesMax } from "./whispers.ts";

type Listener = (callIds: readonly number[] | null) => void;

/** The bell of this node, which the other nodes hear too. A ring that is lost between nodes is made good by the next one. */
export function createUnreadBell(whispers: Whispers): UnreadBell & { close(): void } {
  const listeners = new Map<string, Set<Listener>>();
  const unlisten = whispers.listen((whisper) => {
    if (whisper === null) {
      for (const ofPerson of listeners.values()) for (const listener of ofPerson) listener(null);
      return;
    }
    const ring = readRing(whisper.message);
    if (ring !== null) tell(whisper.workspaceId, ring.userId, ring.callIds);
  });

  return {
    ring(workspaceId, userId, callIds) {
      tell(workspaceId, userId, callIds);
      whispers.whisper({ workspaceId, message: ringText(userId, callIds) });
    },
    listen(workspaceId, userId, listener) {
      const key = keyOf(workspaceId, userId);
      const ofPerson = listeners.get(key) ?? new Set();
      listeners.set(key, ofPerson.add(listener));
      return () => {
        ofPerson.delete(listener);
        if (ofPerson.size === 0 && listeners.get(key) === ofPerson) listeners.delete(key);
      };
    },
    close() {
      unlisten();
      listeners.clear();
    },
  };

  function tell(workspaceId: number, userId: string, callIds: readonly number[] | null): void {
    for (const listener of listeners.get(keyOf(workspaceId, userId)) ?? []) listener(callIds);
  }
}

/** What it begins with keeps it apart from what else nodes whisper. */
const prefix = "unread ";

function ringText(userId: string, callIds: readonly number[] | null): string {
  const named = `${prefix}${JSON.stringify([userId, callIds])}`;
  return Buffer.byteLength(named) <= whisperBytesMax ? named : `${prefix}${JSON.stringify([userId, null])}`;
}

/** Null for what is no ring. */
function readRing(message: string): { readonly userId: string; readonly callIds: readonly number[] | null } | null {
  if (!message.startsWith(prefix)) return null;
  try {
    const [userId, callIds] = JSON.parse(message.slice(prefix.length)) as readonly unknown[];
    if (typeof userId !== "string") return null;
    const isNamed = Array.isArray(callIds) && callIds.every((id) => Number.isSafeInteger(id));
    return { userId, callIds: isNamed ? (callIds as readonly number[]) : null };
  } catch {
    return null;
  }
}

function keyOf(workspaceId: number, userId: string): string {
  return `${workspaceId} ${userId}`;
}

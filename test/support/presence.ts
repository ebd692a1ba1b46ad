import { createPresenceBoard, type LivePresenceBoard } from "../../server/src/changes/presence-board.ts";
import { localWhispers } from "../../server/src/changes/whispers.ts";
import type { Clock } from "../../server/src/domain/ports.ts";
import { createPresenceDesk, type PresenceDesk } from "../../server/src/domain/presence.ts";
import type { Storage } from "../../server/src/domain/storage.ts";

/** Presence of a node that is alone, where no session ever ends. */
export function createTestPresence(
  storage: Storage,
  clock: Clock = { now: () => 0 },
): { readonly presence: PresenceDesk; readonly board: LivePresenceBoard } {
  const revocations = { has: () => false, onRevoked: () => () => undefined };
  const board = createPresenceBoard({ clock, revocations, whispers: localWhispers });
  return { presence: createPresenceDesk({ storage, board }), board };
}

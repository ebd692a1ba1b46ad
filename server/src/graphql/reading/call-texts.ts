import { andThen } from "../../domain/awaitable.ts";
import type { Call } from "../../domain/call.ts";
import type { Cursor } from "../../domain/change.ts";
import { DomainError } from "../../domain/errors.ts";
import type { Awaitable, Storage } from "../../domain/storage.ts";
import { type ByteText, byteText } from "./byte-text.ts";
import { createKept, type Shelf } from "./kept.ts";
import type { ObjectText } from "./object-text.ts";

/**
 * Texts of the calls of a workspace, kept until the call changes. What is kept shows each call as it was at one revision;
 * {@link follow} moves that on by the change log, and drops what changed. So a call is written anew after each of its
 * changes and never otherwise, whichever process made the change.
 */
export type CallTexts = {
  /** Whether everything kept belongs to this very place in the log. */
  isAt(workspaceId: number, head: Cursor): boolean;
  /** Moves on to `head` at least: at once where everything kept is there already. */
  follow(workspaceId: number, head: Cursor): Awaitable<void>;
  /** The text that a selection makes of a call, or undefined when it is not kept. */
  get(workspaceId: number, callId: number, selection: ObjectText<Call>): ByteText | undefined;
  /** Makes the text of a call read at `revision`, and keeps it if that is where the others are too. */
  make(workspaceId: number, revision: number, call: Call, selection: ObjectText<Call>): ByteText;
};

/** More changes than this at once (an import, a long pause): everything is forgotten instead. */
const changesMax = 200;

/** Selections whose texts of one call are kept beside each other: the newest. */
const selectionsMax = 8;

/** Texts of one call by the signatures of their selections: mostly one, seldom more than a few. */
type OfCall = readonly { readonly signature: string; readonly text: ByteText }[];

/** Up to where the texts of a workspace are true. */
type Place = { epoch: string; revision: number; readonly texts: Shelf<number, OfCall> };

export function createCallTexts(changes: Pick<Storage["changes"], "changedCalls">, bytesMax: number): CallTexts {
  const kept = createKept<OfCall>(bytesMax);
  const places = new Map<number, Place>();

  return {
    isAt(workspaceId, { epoch, revision }) {
      const place = places.get(workspaceId);
      return place !== undefined && place.revision === revision && place.epoch === epoch;
    },

    follow(workspaceId, { epoch, revision }) {
      let place = places.get(workspaceId);
      if (place === undefined) {
        place = { epoch, revision, texts: kept.shelf() };
        places.set(workspaceId, place);
      } else if (place.epoch !== epoch) {
        place.texts.clear();
        place.epoch = epoch;
        place.revision = revision;
      }
      return place.revision < revision ? catchUp(place, workspaceId, revision) : undefined;
    },

    get(workspaceId, callId, { signature }) {
      const ofCall = places.get(workspaceId)?.texts.get(callId);
      if (ofCall === undefined) return undefined;
      return ofCall.find((kept) => kept.signature === signature)?.text;
    },

    make(workspaceId, revision, call, selection) {
      const text = byteText(selection.of(call));
      const place = places.get(workspaceId);
      if (place !== undefined && place.revision === revision) {
        const others = (place.texts.get(call.id) ?? []).slice(1 - selectionsMax);
        const all = [...others, { signature: selection.signature, text }];
        // Signatures are shared by all calls.
        place.texts.set(
          call.id,
          all,
          all.reduce((sum, { text }) => sum + text.length, 0),
        );
      }
      return text;
    },
  };

  /** At once where the log is read at once. */
  function catchUp(place: Place, workspaceId: number, revision: number): Awaitable<void> {
    const from = place.revision;
    if (from >= revision) return undefined;
    return andThen(changedCalls(workspaceId, from), (callIds) => {
      // Else somebody else has moved it on in the meantime.
      if (place.revision === from) {
        if (callIds === null) place.texts.clear();
        else for (const callId of callIds) place.texts.delete(callId);
        place.revision = callIds === null ? revision : from + callIds.length;
      }
      return catchUp(place, workspaceId, revision);
    });
  }

  /** The calls that changed after a revision, one for each; null when they cannot be told or are not worth it. */
  function changedCalls(workspaceId: number, revision: number): Awaitable<readonly number[] | null> {
    try {
      const changed = changes.changedCalls(workspaceId, revision, changesMax + 1);
      return changed instanceof Promise ? changed.then(worthIt, gone) : worthIt(changed);
    } catch (error) {
      return gone(error);
    }
  }
}

function worthIt(changed: readonly number[]): readonly number[] | null {
  return changed.length === 0 || changed.length > changesMax ? null : changed;
}

/** @throws what is no gap */
function gone(error: unknown): null {
  if (error instanceof DomainError && error.code === "RESUME_GAP") return null;
  throw error;
}

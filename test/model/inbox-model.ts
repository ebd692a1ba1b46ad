import assert from "node:assert/strict";
import type { CallView, NoteView, PersonView } from "./call-view.ts";

/** What a person asked for, with everything that decides what it does. */
export type Asked =
  | { readonly op: "archiveCall"; readonly callId: string; readonly ifRevision: number | null }
  | { readonly op: "setCallsArchived"; readonly callIds: readonly string[]; readonly archived: boolean }
  | { readonly op: "archiveMatching"; readonly filter: object; readonly archived: boolean }
  | { readonly op: "addNote"; readonly callId: string; readonly content: string }
  | { readonly op: "editNote"; readonly noteId: string; readonly content: string }
  | { readonly op: "deleteNote"; readonly noteId: string; readonly ifRevision: number | null }
  | { readonly op: "addTag" | "removeTag"; readonly callId: string; readonly tag: string }
  | {
      readonly op: "assignCall";
      readonly callId: string;
      readonly userId: string | null;
      readonly ifRevision: number | null;
    }
  | { readonly op: "undoChange"; readonly revision: number; readonly ifRevision: number | null };

/** The part of {@link Asked} that is about one call, as one answer tells of it. */
type Told = {
  readonly asked: Asked;
  readonly by: PersonView;
  readonly call: CallView;
  /** Null where the answer does not say. */
  readonly isChanged: boolean | null;
};

/** A refusal with the call as it was, where the error told it. */
export type Refused = {
  readonly asked: Asked;
  readonly code: string;
  readonly call: { readonly revision: number } | null;
};

/** What people alter of a call. */
type Worked = Pick<CallView, "is_archived" | "notes" | "tags" | "assignee">;

/** One thing of a call that a change altered: `archived`, `assignee`, `note 17`, `tag vip`. */
type Altered = { readonly revision: number; readonly part: string; readonly before: unknown; readonly after: unknown };

/** A call through time: what it was after each revision that the model knows of, oldest first. */
type History = {
  readonly states: { readonly revision: number; readonly worked: Worked }[];
  readonly altered: Altered[];
};

/** Whose answer had a revision. Of several people who asked for the same at once one made it; the answers do not say who. */
type Claim = { readonly callId: string; readonly by: readonly string[] };

/** What alters its call, or is refused. */
const alwaysAlters: ReadonlySet<Asked["op"]> = new Set([
  "archiveCall",
  "addNote",
  "editNote",
  "deleteNote",
  "undoChange",
]);

/**
 * The inbox as the answers of the server make it, without its log: answers are put in the order of their revisions, each is what
 * the model says after the ones before it, and of those that share a revision one altered the call. Free of how many clients asked
 * in which order, and it ends as the server must.
 */
export function createInboxModel(calls: readonly CallView[]) {
  const histories = new Map<string, History>();
  const told: Told[] = [];
  const refused: Refused[] = [];
  const claimed = new Map<number, Claim>();
  for (const call of calls) begin(call);

  return {
    /** A call that a source has sent and nobody has worked on. */
    logged(callId: string): void {
      if (!histories.has(callId))
        begin({ id: callId, is_archived: false, notes: [], tags: [], assignee: null, revision: 0 });
    },

    /** A mutation was answered with this call. */
    acknowledged(asked: Asked, by: PersonView, call: CallView, isChanged: boolean | null): void {
      told.push({ asked, by, call, isChanged: isChanged ?? (alwaysAlters.has(asked.op) ? true : null) });
    },

    refused(refusal: Refused): void {
      refused.push(refusal);
    },

    /** Plays all that was acknowledged. @throws AssertionError where an answer is not what it has to be */
    play(): void {
      const byRevision = Map.groupBy(told, ({ call }) => call.revision);
      for (const [revision, group] of [...byRevision].toSorted(([a], [b]) => a - b)) playRevision(revision, group);
      for (const refusal of refused) checkRefusal(refusal);
    },

    /** What people have altered, by revision. */
    claimed: claimed as ReadonlyMap<number, Claim>,

    /** What people have made of the call by then; undefined for one that the model does not know. */
    workedAt(callId: string, revision = Infinity): Worked | undefined {
      return histories.get(callId)?.states.findLast((state) => state.revision <= revision)?.worked;
    },

    callIds: () => [...histories.keys()],
  };

  function begin(call: Worked & Pick<CallView, "id" | "revision">): void {
    histories.set(call.id, { states: [{ revision: call.revision, worked: workedOf(call) }], altered: [] });
  }

  function playRevision(revision: number, group: readonly Told[]): void {
    const callId = group[0]?.call.id ?? "";
    const history = histories.get(callId);
    assert.ok(history, `the call ${callId} of an answer is known`);
    const before = history.states.at(-1)?.worked;
    assert.ok(before);
    const effects = group.map((one) => effectOf(one, history, before));
    const effective = effects.flatMap((effect, at) => {
      const told = group[at] as Told;
      return effect === null || told.isChanged === false ? [] : [{ effect, told }];
    });
    const first = effective.find(({ told }) => told.isChanged === true) ?? effective[0];
    if (first !== undefined) {
      const { effect, told } = first;
      checkBound(told.asked, history);
      history.states.push({ revision, worked: effect.worked });
      history.altered.push({ revision, ...effect.altered });
      const makers = told.isChanged === true ? [told] : effective.map((one) => one.told);
      claimed.set(revision, { callId, by: makers.map(({ by }) => by.username) });
    }
    const after = history.states.at(-1)?.worked;
    for (const one of group) {
      assert.equal(one.call.id, callId, `revision ${revision} is of one call`);
      const what = `the answer to ${JSON.stringify(one.asked)} at revision ${revision}`;
      // An answer about many calls has less of each.
      if (one.asked.op === "archiveMatching") assert.equal(one.call.is_archived, after?.is_archived, what);
      else assert.deepEqual(workedOf(one.call), after, what);
      if (one === first?.told || after === undefined) continue;
      assert.equal(
        effectOf(one, history, after),
        null,
        `revision ${revision} was made by ${JSON.stringify(first?.told.asked)}, and again by ${JSON.stringify(one.asked)}`,
      );
    }
  }

  function checkBound(asked: Asked, { states }: History): void {
    if (!("ifRevision" in asked) || asked.ifRevision === null) return;
    const last = states.at(-1)?.revision ?? 0;
    assert.ok(last <= asked.ifRevision, `${JSON.stringify(asked)} was done to the call as of ${last}`);
  }

  /** What the mutation does to the call in this state; null when nothing. */
  function effectOf(
    { asked, by, call }: Told,
    history: History,
    now: Worked,
  ): { readonly worked: Worked; readonly altered: Omit<Altered, "revision"> } | null {
    switch (asked.op) {
      case "archiveCall":
        return archived(now, !now.is_archived);
      case "setCallsArchived":
      case "archiveMatching":
        return now.is_archived === asked.archived ? null : archived(now, asked.archived);
      case "addNote": {
        const note = call.notes.find(({ content }) => content === asked.content);
        assert.ok(note, `the answer has the note ${asked.content}`);
        assert.deepEqual([note.author, note.editedAt], [by, null]);
        if (now.notes.some(({ id }) => id === note.id)) return null;
        return noted(now, note.id, note);
      }
      case "editNote": {
        const known = now.notes.find(({ id }) => id === asked.noteId);
        assert.ok(known, `the note ${asked.noteId} is there to be edited`);
        if (known.content === asked.content) return null;
        const editedAt = call.notes.find(({ id }) => id === asked.noteId)?.editedAt ?? null;
        assert.notEqual(editedAt, null);
        return noted(now, known.id, { ...known, content: asked.content, editedAt });
      }
      case "deleteNote":
        return now.notes.some(({ id }) => id === asked.noteId) ? noted(now, asked.noteId, null) : null;
      case "addTag":
      case "removeTag": {
        const isTagged = asked.op === "addTag";
        return now.tags.includes(asked.tag) === isTagged ? null : tagged(now, asked.tag, isTagged);
      }
      case "assignCall":
        if ((now.assignee?.id ?? null) === asked.userId) return null;
        if (asked.userId !== null) assert.equal(call.assignee?.id, asked.userId);
        return assigned(now, asked.userId === null ? null : call.assignee);
      case "undoChange":
        return undone(history, asked.revision, now);
    }
  }

  function undone({ altered }: History, revision: number, now: Worked) {
    const change = altered.find((one) => one.revision === revision);
    assert.ok(change, `the change ${revision} is one of a person, of this call`);
    // Taken back already: by this very answer, when it is asked for the second time.
    if (altered.some((one) => one.revision > revision && one.part === change.part)) return null;
    const [part, ...name] = change.part.split(" ");
    const subject = name.join(" ");
    if (part === "archived") return archived(now, change.before as boolean);
    if (part === "assignee") return assigned(now, change.before as PersonView | null);
    if (part === "tag") return tagged(now, subject, change.before as boolean);
    return noted(now, subject, change.before as NoteView | null);
  }

  /** A refusal is true: at the revision that the error told, or at some time, the call was so. */
  function checkRefusal({ asked, code, call }: Refused): void {
    const what = `${code} for ${JSON.stringify(asked)}`;
    if (code === "CONFLICT" && call !== null && "ifRevision" in asked) {
      if (asked.ifRevision !== null && call.revision > asked.ifRevision) return;
      assert.equal(asked.op, "undoChange", what);
      const history = historyOf(asked.revision);
      const change = history?.altered.find(({ revision }) => revision === asked.revision);
      const isLater = ({ revision, part }: Altered) =>
        part === change?.part && revision > asked.revision && revision <= call.revision;
      assert.ok(history?.altered.some(isLater), `${what}: nothing altered the same thing again up to ${call.revision}`);
      return;
    }
    if (code === "NOT_FOUND" && (asked.op === "editNote" || asked.op === "deleteNote")) {
      const part = `note ${asked.noteId}`;
      const isGone = [...histories.values()].some(({ altered }) =>
        altered.some((one) => one.part === part && one.after === null),
      );
      assert.ok(isGone, `${what}: nobody deleted the note`);
      return;
    }
    // A change of a source, which the revision of an answer is when the mutation altered nothing.
    assert.equal(code, "BAD_USER_INPUT", what);
    assert.ok(asked.op === "undoChange" && !claimed.has(asked.revision), what);
  }

  function historyOf(revision: number): History | undefined {
    return histories.get(claimed.get(revision)?.callId ?? "");
  }
}

export function workedOf({ is_archived, notes, tags, assignee }: Worked): Worked {
  return { is_archived, notes, tags, assignee };
}

function archived(now: Worked, to: boolean) {
  return { worked: { ...now, is_archived: to }, altered: { part: "archived", before: now.is_archived, after: to } };
}

function assigned(now: Worked, to: PersonView | null) {
  return { worked: { ...now, assignee: to }, altered: { part: "assignee", before: now.assignee, after: to } };
}

function tagged(now: Worked, tag: string, isTagged: boolean) {
  const others = now.tags.filter((one) => one !== tag);
  const tags = isTagged ? [...others, tag].toSorted() : others;
  return { worked: { ...now, tags }, altered: { part: `tag ${tag}`, before: !isTagged, after: isTagged } };
}

/** The note in its place, newest first, or without it. */
function noted(now: Worked, id: string, to: NoteView | null) {
  const before = now.notes.find((note) => note.id === id) ?? null;
  const others = now.notes.filter((note) => note.id !== id);
  const notes = (to === null ? others : [...others, to]).toSorted((a, b) => Number(b.id) - Number(a.id));
  return { worked: { ...now, notes }, altered: { part: `note ${id}`, before, after: to } };
}

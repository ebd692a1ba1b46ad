import assert from "node:assert/strict";
import type { GraphqlResult } from "../support/server.ts";
import { type CallView, callFields, type PersonView } from "./call-view.ts";
import { modelFilters } from "./filters.ts";
import type { Asked, createInboxModel, Refused } from "./inbox-model.ts";
import type { Edit, Told, Way } from "./plan.ts";
import { passingCodes, postJson, send, type Sent } from "./ways.ts";

export type Person = PersonView & { readonly token: string };

export type Office = {
  readonly url: string;
  readonly isUp: () => Promise<unknown>;
  readonly people: readonly Person[];
  readonly sourceKey: string;
  readonly model: ReturnType<typeof createInboxModel>;
  readonly calls: readonly CallView[];
};

type Outcome = {
  readonly calls: readonly CallView[];
  readonly refused: null | Refused;
  /** Where the answer says which calls it changed. */
  readonly changedIds?: ReadonlySet<string>;
};

/**
 * Everything that works in the inbox: people's edits, and a phone system. Each edit goes out under a key of its own and again under
 * the same until there is an answer; what is answered goes to the model.
 */
export function createOffice({ url, isUp, people, sourceKey, model, calls }: Office) {
  /** Ids of the calls that there are, and each as an answer last had it. */
  const callIds = calls.map(({ id }) => id);
  const filters = modelFilters(people[1]?.id ?? "");
  const seen = new Map(calls.map((call) => [call.id, call]));
  /** Revisions of answers, to be undone. */
  const revisions: number[] = [];
  /** What the phone system said of each call, as the model of what a call is from it. */
  const facts = new Map<string, { type: Told["type"]; duration: number; line: string }>();
  const callOf = new Map<string, string>();
  /** Edits that were answered, as they were sent, with their answers. */
  const answered: { readonly way: Way; readonly sent: Sent; readonly data: unknown }[] = [];
  let made = 0;
  const counts = { edits: 0, lost: 0, replays: 0, refused: 0, thereAndBack: 0, told: 0 };

  return {
    counts: counts as Readonly<typeof counts>,
    facts: facts as ReadonlyMap<
      string,
      { readonly type: Told["type"]; readonly duration: number; readonly line: string }
    >,

    /** Does it and waits for the answer. @param again asks once more under the same key, and wants the same answer. */
    async edit(by: Person, way: Way, edit: Edit, again: boolean): Promise<void> {
      const asked = askedBy(edit);
      if (asked !== null) await perform(by, way, asked, again);
    },

    /** Sends again something that was answered. */
    async repeat(which: number): Promise<void> {
      if (answered.length > 0) await repeat(which % answered.length);
    },

    /** Does it bound to the call as it is, and takes it back bound to the answer: as before, or somebody was in between. */
    async thereAndBack(by: Person, way: Way, edit: Edit): Promise<void> {
      const asked = askedBy(edit);
      if (asked === null || !("callId" in asked || "noteId" in asked)) return;
      const callId = "callId" in asked ? asked.callId : callOfNote(asked.noteId);
      const before = await callNow(by, callId);
      const there = await perform(by, way, asked, false);
      const [after] = there.calls;
      // Refused; or it altered nothing; or the call had been altered since it was read.
      if (after === undefined || after.revision === before.revision) return;
      const ownSteps = await stepsBetween(by, before, after);
      if (ownSteps !== 1) return;
      const back = await perform(
        by,
        way,
        { op: "undoChange", revision: after.revision, ifRevision: after.revision },
        false,
      );
      const [restored] = back.calls;
      if (restored === undefined) return;
      counts.thereAndBack += 1;
      assert.deepEqual({ ...restored, revision: 0 }, { ...before, revision: 0 }, `${JSON.stringify(asked)} and back`);
    },

    /** The phone system says something of a new call (null), or more of one that it told of in this run. */
    async tell(callIndex: number | null, { type, duration, line }: Told, again: boolean): Promise<void> {
      const known = [...facts.keys()];
      const old = callIndex === null ? undefined : known[callIndex % Math.max(1, known.length)];
      made += 1;
      const id = old ?? `pbx-${made}`;
      const body = {
        id,
        event_id: `event-${made}`,
        direction: "inbound",
        from: "+12025550123",
        to: "+442079460123",
        // The smaller text wins, so it is the same in all that is said of one call.
        via: facts.get(id)?.line ?? `line ${line}`,
        duration,
        call_type: type,
        created_at: "2024-02-29T12:00:00.000Z",
      };
      facts.set(id, joined(facts.get(id), { type, duration, line: body.via }));
      const callId = await deliver(body);
      counts.told += 1;
      if (again) assert.equal(await deliver(body), callId);
      model.logged(callId);
      callOf.set(id, callId);
      if (!callIds.includes(callId)) callIds.push(callId);
    },

    /** The call that the phone system's own id became. */
    callIdOf: (id: string) => callOf.get(id),
  };

  function askedBy(edit: Edit): Asked | null {
    const text = () => {
      made += 1;
      return `op-${made} ${"text" in edit ? edit.text : ""}`;
    };
    switch (edit.op) {
      case "archiveCall":
        return { op: edit.op, callId: callAt(edit.call), ifRevision: bound(edit) };
      case "setCallsArchived":
        return { op: edit.op, callIds: [...new Set(edit.calls.map(callAt))], archived: edit.archived };
      case "archiveMatching":
        // Not "all calls": then nothing of what others do would be left.
        return { op: edit.op, filter: filters[edit.filter]?.filter ?? { tag: ["vip"] }, archived: edit.archived };
      case "addNote":
        return { op: edit.op, callId: callAt(edit.call), content: text() };
      case "editNote":
      case "deleteNote": {
        const notes = seen.get(callAt(edit.call))?.notes ?? [];
        const note = notes[edit.note % Math.max(1, notes.length)];
        if (note === undefined) return { op: "addNote", callId: callAt(edit.call), content: text() };
        return edit.op === "editNote"
          ? { op: edit.op, noteId: note.id, content: text() }
          : { op: edit.op, noteId: note.id, ifRevision: bound(edit) };
      }
      case "addTag":
      case "removeTag":
        return { op: edit.op, callId: callAt(edit.call), tag: edit.tag };
      case "assignCall": {
        const userId = edit.user === null ? null : (people[edit.user % people.length]?.id ?? null);
        return { op: edit.op, callId: callAt(edit.call), userId, ifRevision: bound(edit) };
      }
      case "undoChange": {
        const revision = revisions.at(-1 - (edit.change % Math.max(1, revisions.length)));
        return revision === undefined ? null : { op: edit.op, revision, ifRevision: edit.isBound ? revision : null };
      }
    }
  }

  function callAt(index: number): string {
    return callIds[index % callIds.length] ?? "1";
  }

  function bound(edit: { readonly call: number; readonly isBound: boolean }): number | null {
    return edit.isBound ? (seen.get(callAt(edit.call))?.revision ?? null) : null;
  }

  function callOfNote(noteId: string): string {
    return [...seen.values()].find(({ notes }) => notes.some(({ id }) => id === noteId))?.id ?? "1";
  }

  async function perform(by: Person, way: Way, asked: Asked, again: boolean): Promise<Outcome> {
    made += 1;
    const key = `key-${made}`;
    const sent = { url, token: by.token, key, ...documentOf(asked) };
    const first = await untilAnswered(() => send(way, sent));
    counts.edits += 1;
    const outcome = outcomeOf(asked, first);
    if (outcome.refused !== null) {
      counts.refused += 1;
      model.refused(outcome.refused);
      return outcome;
    }
    for (const call of outcome.calls) {
      if (asked.op !== "archiveMatching" && (seen.get(call.id)?.revision ?? -1) <= call.revision)
        seen.set(call.id, call);
      revisions.push(call.revision);
      model.acknowledged(asked, { id: by.id, username: by.username }, call, outcome.changedIds?.has(call.id) ?? null);
    }
    answered.push({ way, sent, data: first.data });
    if (again) await repeat(answered.length - 1);
    return outcome;
  }

  async function repeat(which: number): Promise<void> {
    const one = answered[which];
    if (one === undefined) return;
    const { data } = await untilAnswered(() => send(one.way, one.sent));
    counts.replays += 1;
    assert.deepEqual(data, one.data, `asked again, ${JSON.stringify(one.sent)} gets the first answer`);
  }

  /** Sends again what got lost, once there is a server again, and what was refused only for now. */
  async function untilAnswered(once: () => Promise<GraphqlResult>): Promise<GraphqlResult> {
    for (;;) {
      await isUp();
      const answer = await once().catch(() => null);
      const code = answer?.errors?.[0]?.extensions.code;
      if (answer !== null && (code === undefined || !passingCodes.has(code))) return answer;
      counts.lost += 1;
    }
  }

  async function ask(by: Person, query: string, variables: object): Promise<GraphqlResult> {
    const answer = await untilAnswered(() => send("http", { url, token: by.token, query, variables, key: "unused" }));
    assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
    return answer;
  }

  async function callNow(by: Person, id: string): Promise<CallView> {
    const { data } = await ask(by, `query ($id: ID!) { call(id: $id) { ${callFields} } }`, { id });
    return data.call as CallView;
  }

  /** How many changes the call has had from one state to another. */
  async function stepsBetween(by: Person, before: CallView, after: CallView): Promise<number> {
    const query = "query ($id: ID!) { call(id: $id) { history(first: 100) { nodes { revision } } } }";
    const { data } = await ask(by, query, { id: before.id });
    const nodes = data.call.history.nodes as readonly { readonly revision: number }[];
    return nodes.filter(({ revision }) => revision > before.revision && revision <= after.revision).length;
  }

  async function deliver(body: object): Promise<string> {
    for (;;) {
      await isUp();
      const answer = await postJson(`${url}/ingest/calls`, { authorization: `Bearer ${sourceKey}` }, body).catch(
        () => null,
      );
      if (answer === null || answer.status === 503) {
        counts.lost += 1;
        continue;
      }
      assert.equal(answer.status, 200, answer.text);
      const { results } = JSON.parse(answer.text) as { results: readonly { callId: string; verdict: string }[] };
      assert.match(results[0]?.verdict ?? "", /^(new|merged|duplicate)$/);
      return results[0]?.callId ?? "";
    }
  }
}

/** The furthest type and the longest duration: free of order. */
function joined<T extends { readonly type: Told["type"]; readonly duration: number; readonly line: string }>(
  known: T | undefined,
  said: T,
): T {
  if (known === undefined) return said;
  const rank = ["missed", "answered", "voicemail"];
  const type = rank.indexOf(known.type) >= rank.indexOf(said.type) ? known.type : said.type;
  return { ...said, type, duration: Math.max(known.duration, said.duration) };
}

function documentOf(asked: Asked): { readonly query: string; readonly variables: object } {
  const selection = `{ ${callFields} }`;
  const { op, ...rest } = asked;
  switch (asked.op) {
    case "archiveCall":
      return {
        query: `mutation ($id: ID!, $ifRevision: Float) { archiveCall(id: $id, ifRevision: $ifRevision) ${selection} }`,
        variables: { id: asked.callId, ifRevision: asked.ifRevision },
      };
    case "setCallsArchived":
      return {
        query: `mutation ($ids: [ID!], $archived: Boolean!) {
          setCallsArchived(ids: $ids, archived: $archived) { changedCount results { id outcome call ${selection} } }
        }`,
        variables: { ids: asked.callIds, archived: asked.archived },
      };
    case "archiveMatching":
      return {
        query: `mutation ($filter: CallFilter, $archived: Boolean!) {
          setCallsArchived(filter: $filter, archived: $archived) {
            changedCount results { id outcome call { id is_archived revision } }
          }
        }`,
        variables: { filter: asked.filter, archived: asked.archived },
      };
    case "addNote":
      return {
        query: `mutation ($input: AddNoteInput!) { addNote(input: $input) ${selection} }`,
        variables: { input: { activityId: asked.callId, content: asked.content } },
      };
    case "editNote":
      return {
        query: `mutation ($id: ID!, $content: String!) { editNote(id: $id, content: $content) ${selection} }`,
        variables: { id: asked.noteId, content: asked.content },
      };
    case "deleteNote":
      return {
        query: `mutation ($id: ID!, $ifRevision: Float) { deleteNote(id: $id, ifRevision: $ifRevision) ${selection} }`,
        variables: { id: asked.noteId, ifRevision: asked.ifRevision },
      };
    case "addTag":
    case "removeTag":
      return {
        query: `mutation ($id: ID!, $tag: String!) { ${op}(id: $id, tag: $tag) ${selection} }`,
        variables: { id: asked.callId, tag: asked.tag },
      };
    case "assignCall":
      return {
        query: `mutation ($id: ID!, $userId: ID, $ifRevision: Float) {
          assignCall(id: $id, userId: $userId, ifRevision: $ifRevision) ${selection}
        }`,
        variables: { id: asked.callId, userId: asked.userId, ifRevision: asked.ifRevision },
      };
    case "undoChange":
      return {
        query: `mutation ($revision: Float!, $ifRevision: Float) {
          undoChange(revision: $revision, ifRevision: $ifRevision) ${selection}
        }`,
        variables: rest,
      };
  }
}

function outcomeOf(asked: Asked, { data, errors }: GraphqlResult): Outcome {
  const [error] = errors ?? [];
  if (error !== undefined) {
    const { code, call } = error.extensions as { readonly code: string; readonly call?: CallView };
    return { calls: [], refused: { asked, code, call: call ?? null } };
  }
  if (asked.op !== "setCallsArchived" && asked.op !== "archiveMatching") {
    return { calls: [data[asked.op] as CallView], refused: null };
  }
  const { changedCount, results } = data.setCallsArchived as {
    readonly changedCount: number;
    readonly results: readonly { readonly id: string; readonly outcome: string; readonly call: CallView }[];
  };
  if (asked.op === "setCallsArchived") {
    assert.deepEqual(
      results.map(({ id }) => id),
      asked.callIds,
    );
  }
  const changedIds = new Set(results.flatMap(({ id, outcome }) => (outcome === "CHANGED" ? [id] : [])));
  assert.equal(changedIds.size, changedCount);
  // What altered between the look and the write was left alone: its call is as others made it.
  const done = results.filter(({ outcome }) => outcome !== "CONFLICT");
  return { calls: done.map(({ call }) => call), refused: null, changedIds };
}

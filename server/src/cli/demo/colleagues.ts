import type { Call } from "../../domain/call.ts";
import type { Inbox } from "../../domain/inbox.ts";
import type { Principal } from "../../domain/workspace.ts";
import type { DemoCall } from "./calls.ts";
import { noteText } from "./note-texts.ts";
import type { Random } from "./random.ts";

/** The people of the demo, by the names that they sign in with. */
export const colleagueNames = ["Sam", "Priya", "Jonas", "Léa", "Mia"] as const;

export type Colleagues = {
  /** Nothing more is done once this has resolved. */
  stop(): Promise<void>;
};

/**
 * Colleagues at work beside whoever looks at the demo: every few seconds a call comes in, or one of them leaves a note on a
 * recent call or archives one. All of it goes through the use cases, as if they sat at the web app.
 */
export function startColleagues(deps: {
  readonly inbox: Inbox;
  readonly people: readonly Principal[];
  /** The call that just ended. */
  readonly nextCall: () => DemoCall;
  /** Brings a call in as the phone system does. */
  readonly logCall: (call: DemoCall) => Promise<unknown>;
  readonly random: Random;
  /** Resolves after so many milliseconds, or at once when the signal is given. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly report: (error: unknown) => void;
}): Colleagues {
  const { inbox, people, nextCall, logCall, random, wait, report } = deps;
  const stopping = new AbortController();
  const work = (async () => {
    for (;;) {
      await wait(random.whole(1_800, 5_500), stopping.signal);
      if (stopping.signal.aborted) return;
      await doSomething().catch(report);
    }
  })();

  return {
    async stop() {
      stopping.abort();
      await work;
    },
  };

  async function doSomething(): Promise<void> {
    const person = random.pick(people);
    const { page } = await inbox.page(person, 0, 40);
    const deed = chooseDeed(page.calls, random);
    if (deed.kind === "call") await logCall(nextCall());
    else if (deed.kind === "archive") await inbox.toggleArchived(person, deed.call.id);
    else await inbox.addNote(person, deed.call.id, noteText(deed.call.callType, deed.call.direction, random));
  }
}

export type Deed = { readonly kind: "call" } | { readonly kind: "note" | "archive"; readonly call: Call };

/**
 * What happens next, by what the list shows: open calls are archived more eagerly the more there are, so that a demo that
 * runs all day neither empties its inbox nor drowns in it.
 */
export function chooseDeed(recent: readonly Call[], random: Random): Deed {
  const open = recent.filter(({ isArchived }) => !isArchived);
  const quiet = open.filter(({ notes }) => notes.length < 2);
  const call: Deed = { kind: "call" };
  if (random.chance(0.42) || open.length < 4) return call;
  if (quiet.length > 0 && random.chance(0.5)) return { kind: "note", call: random.pick(quiet.slice(0, 12)) };
  // The oldest of the open ones are done with first.
  return random.chance(open.length / 20) ? { kind: "archive", call: random.pick(open.slice(-10)) } : call;
}

import type { Storage } from "../domain/storage.ts";
import { delivery, noonMs, pbx, user, writing } from "./contract-samples.ts";

/** What one person leaves behind, in every way there is, and how it is looked for. Used by tests only. */

/** As the person's phone sends it, as the PBX writes it, and as it is found: the digits that both have. */
export const traced = { number: "+4930901829", national: "030 901829", digits: "30901829" } as const;

/** A word that no note but those of the person's calls has. */
export const tracedWord = "xylophone";

/** Calls of the person and of somebody else, and all that people and sources do to them. */
export async function leaveTraces(storage: Storage): Promise<void> {
  for (const name of ["anna", "bob"]) await storage.users.add(user(name), "hash");
  await storage.sources.add(pbx, "hash of the key");
  await storage.numbers.setCountry(1, null, "DE", noonMs);
  const keys = { deliveryKey: "call", groupKey: `call of ${traced.number}` };
  const first = delivery({ from: traced.national, to: "+49301", callType: "missed", startedAtMs: noonMs }, keys);
  const idempotency = (key: string) => ({ key, part: "p", fingerprint: "f" });
  const keep = { writing: { ...writing(), idempotency: idempotency("accept") }, answer: null };
  const [verdict] = await storage.sources.accept(pbx, [first], noonMs, keep);
  const callId = verdict?.callId ?? 0;
  await storage.sources.accept(pbx, [{ ...first, digest: "other", raw: `{"from":"${traced.number}"}` }], noonMs);
  const told = { from: traced.number, notes: [`${tracedWord} of the source`] };
  await storage.sources.accept(pbx, [delivery(told, { groupKey: keys.groupKey })], noonMs);
  const outbound = { direction: "outbound", from: "+49301", to: traced.number, startedAtMs: noonMs + 1 } as const;
  await storage.sources.accept(pbx, [delivery(outbound), delivery({ from: "+49302", notes: ["left"] })], noonMs);
  const noted = await storage.calls.addNote(writing({ idempotency: idempotency("note") }), callId, `${tracedWord} one`);
  const noteId = noted.notes[0]?.id ?? 0;
  await storage.calls.editNote(writing({ idempotency: idempotency("edit") }), noteId, `${tracedWord} two`);
  const { revision } = await storage.calls.deleteNote(writing({ idempotency: idempotency("drop") }), noteId);
  await storage.calls.undo(writing({ idempotency: idempotency("undo") }), revision);
  await storage.calls.setTag(writing(), callId, tracedWord, true);
  await storage.calls.setTag(writing(), callId, tracedWord, false);
  await storage.calls.assign(writing(), callId, "bob");
  await storage.calls.setMany(writing({ idempotency: idempotency("many") }), [callId, 2, 3], {
    part: "archived",
    is: true,
  });
  await storage.calls.setMany(writing(), [callId, 2], { part: "archived", is: false });
  await storage.unread.set(1, "bob", [callId, 2], true);
}

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { type ContactFields, contactTerms, type NewContact } from "../domain/contact.ts";
import { DomainError } from "../domain/errors.ts";
import type { Storage } from "../domain/storage.ts";
import { assertFails, hourMs, logCall, noonMs, pbx, withStorage, writing } from "./contract-samples.ts";
import { createMemoryStorage } from "./memory-model.ts";
import type { OpenStorage } from "./storage.contract.ts";

const berlin = "+4930901820";
const london = "+442079460123";

export function describeContacts(open: OpenStorage): void {
  describe("contacts", () => {
    it("a contact is found as it was added, by id, by its numbers and by name", () =>
      withStorage(open, async ({ storage }) => {
        const added = await storage.contacts.add(writing(), contact("c1", "Émilie Zöllner", [berlin, london], "Acme"));
        assert.deepEqual(added, {
          id: "c1",
          name: "Émilie Zöllner",
          company: "Acme",
          numbers: [berlin, london].map((e164) => ({ e164, label: null, isShown: true })),
          createdAtMs: noonMs,
          updatedAtMs: noonMs,
        });
        assert.deepEqual(await storage.contacts.find(1, "c1"), added);
        assert.deepEqual(await storage.contacts.shown(1, london), added);
        assert.deepEqual(await names(storage, "emilie ac"), ["Émilie Zöllner"]);
        assert.deepEqual(await names(storage, "020 7946 0123"), ["Émilie Zöllner"]);
        assert.deepEqual(await names(storage, "emilie bcme"), []);
        assert.equal(await storage.contacts.find(1, "c2"), null);
        assert.equal(await storage.contacts.shown(1, "+4930901821"), null);
      }));

    it("contacts of one workspace do not exist for another", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        await addWorkspace(2, "two");
        await storage.contacts.add(writing(), contact("c1", "Anna", [berlin]));
        await storage.numbers.setCountry(1, null, "DE");
        assert.equal(await storage.contacts.find(2, "c1"), null);
        assert.equal(await storage.contacts.shown(2, berlin), null);
        assert.equal(await storage.contacts.revision(2), 0);
        assert.deepEqual(await storage.contacts.page(2, [], null, 10), { contacts: [], hasNextPage: false });
        assert.deepEqual(await storage.numbers.countries(2), []);
        const elsewhere = writing({ workspaceId: 2 });
        await assertFails("NOT_FOUND", () => storage.contacts.update(elsewhere, "c1", contact("", "Eve", [berlin])));
        await assertFails("NOT_FOUND", () => storage.contacts.remove(elsewhere, "c1"));
        await storage.contacts.add(elsewhere, contact("c1", "Eve", [berlin]));
        assert.equal((await storage.contacts.shown(1, berlin))?.name, "Anna");
      }));

    it("of several with one number the last that was given it is shown, and the next when that one goes", () =>
      withStorage(open, async ({ storage }) => {
        const { contacts } = storage;
        await contacts.add(writing(), contact("c1", "First", [berlin]));
        await contacts.add(writing(), contact("c2", "Second", [berlin, london]));
        assert.equal((await contacts.shown(1, berlin))?.id, "c2");
        assert.equal((await contacts.find(1, "c1"))?.numbers[0]?.isShown, false);
        await contacts.update(writing(), "c1", contact("", "First, renamed", [berlin]));
        assert.equal((await contacts.shown(1, berlin))?.id, "c2", "a new name takes no number");
        await contacts.import(writing(), [contact("c3", "First, renamed", [berlin])]);
        assert.equal((await contacts.shown(1, berlin))?.id, "c1", "the last import wins");
        await contacts.remove(writing(), "c1");
        assert.equal((await contacts.shown(1, berlin))?.id, "c2");
        await contacts.update(writing(), "c2", contact("", "Second", [london]));
        assert.equal(await contacts.shown(1, berlin), null);
      }));

    it("a list is by name without case and accents, and goes on where it ended", () =>
      withStorage(open, async ({ storage }) => {
        for (const [at, name] of ["Zoë", "anna", "Émile", "Anna", "邓丽君"].entries()) {
          await storage.contacts.add(writing(), contact(`c${at}`, name, [`+493090182${at}`]));
        }
        const first = await storage.contacts.page(1, [], null, 3);
        assert.deepEqual(
          [first.contacts.map(({ name }) => name), first.hasNextPage],
          [["anna", "Anna", "Émile"], true],
        );
        const rest = await storage.contacts.page(1, [], { sortKey: "emile", id: "c2" }, 3);
        assert.deepEqual([rest.contacts.map(({ name }) => name), rest.hasNextPage], [["Zoë", "邓丽君"], false]);
        assert.deepEqual(await storage.contacts.page(1, [], null, 0), { contacts: [], hasNextPage: true });
      }));

    it("the same import again alters nothing; the same name and number bring a contact up to date", () =>
      withStorage(open, async ({ storage }) => {
        const { contacts } = storage;
        const rows = [contact("c1", "Anna", [berlin], "Acme"), contact("c2", "Bob", [london])];
        const verdicts = (given: readonly { verdict: string; contactId: string }[]) =>
          given.map(({ verdict, contactId }) => `${verdict} ${contactId}`);
        assert.deepEqual(verdicts(await contacts.import(writing(), rows)), ["added c1", "added c2"]);
        const revision = await contacts.revision(1);
        const again = rows.map((row) => Object.assign({}, row, { id: `${row.id} again` }));
        assert.deepEqual(verdicts(await contacts.import(writing(), again)), ["unchanged c1", "unchanged c2"]);
        assert.equal(await contacts.revision(1), revision);
        const later = writing({ atMs: noonMs + hourMs });
        const more = [contact("c3", "anna", [berlin, "+4930901821"]), contact("c4", "Anna", [london])];
        assert.deepEqual(verdicts(await contacts.import(later, more)), ["updated c1", "added c4"]);
        const anna = await contacts.find(1, "c1");
        assert.deepEqual(
          [anna?.name, anna?.company, anna?.numbers.map(({ e164 }) => e164), anna?.updatedAtMs],
          ["anna", "Acme", [berlin, "+4930901821"], noonMs + hourMs],
        );
        assert.ok((await contacts.revision(1)) > revision);
      }));

    it("a write under a key that was used does nothing and answers as the first did; for another request it is refused", () =>
      withStorage(open, async ({ storage }) => {
        const { contacts } = storage;
        const idempotency = { key: "k", part: "addContact", fingerprint: "f" };
        const first = await contacts.add(writing({ idempotency }), contact("c1", "Anna", [berlin]));
        await contacts.update(writing(), "c1", contact("", "Anne", [berlin]));
        assert.deepEqual(await contacts.add(writing({ idempotency }), contact("c2", "Anna", [berlin])), first);
        assert.equal(await contacts.find(1, "c2"), null);
        const other = { ...idempotency, fingerprint: "g" };
        await assertFails("BAD_USER_INPUT", () => contacts.remove(writing({ idempotency: other }), "c1"));
        const removal = { key: "r", part: "deleteContact", fingerprint: "f" };
        await contacts.remove(writing({ idempotency: removal }), "c1");
        await contacts.remove(writing({ idempotency: removal }), "c1");
        await assertFails("NOT_FOUND", () => contacts.remove(writing(), "c1"));
      }));

    it("a contact's write is no change of a call and moves no workspace's log", () =>
      withStorage(open, async ({ storage }) => {
        const before = await storage.changes.head(1);
        await storage.contacts.add(writing(), contact("c1", "Anna", [berlin]));
        await storage.numbers.setCountry(1, null, "DE");
        assert.deepEqual(await storage.changes.head(1), before);
        assert.equal(await storage.contacts.revision(1), 2);
      }));

    it("a call's numbers are read in the country of its source, else in the workspace's", () =>
      withStorage(open, async ({ storage }) => {
        const { numbers, sources } = storage;
        const other = { ...pbx, id: "other", name: "Other" };
        await sources.add(pbx, "hash 1");
        await sources.add(other, "hash 2");
        const [ofPbx, ofOther] = [await logCall(storage), await logCall(storage, {}, other)];
        assert.equal(await numbers.countryOf(1, ofPbx.id), null);
        await numbers.setCountry(1, null, "DE");
        await numbers.setCountry(1, "other", "GB");
        assert.deepEqual(await numbers.countries(1), [
          { sourceId: null, country: "DE" },
          { sourceId: "other", country: "GB" },
        ]);
        assert.equal(await numbers.countryOf(1, ofPbx.id), "DE");
        assert.equal(await numbers.countryOf(1, ofOther.id), "GB");
        await sources.remove(1, "other");
        assert.equal(await numbers.countryOf(1, ofOther.id), "GB", "its calls stay what they are");
        await numbers.setCountry(1, null, null);
        assert.equal(await numbers.countryOf(1, ofPbx.id), null);
        await assertFails("NOT_FOUND", () => numbers.setCountry(1, "unknown", "DE"));
      }));

    it("any writes leave contacts, searches and who is shown as the model has them", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        let workspaceId = 100;
        const property = fc.asyncProperty(fc.array(anyWrite, { maxLength: 25 }), async (writes) => {
          workspaceId += 1;
          await addWorkspace(workspaceId, `run ${workspaceId}`);
          const model = createMemoryStorage();
          model.addWorkspace(workspaceId, `run ${workspaceId}`);
          for (const [at, write] of writes.entries()) {
            const [answer, expected] = [storage, model].map((target) => perform(target, write, workspaceId, at));
            assert.deepEqual(await answer, await expected);
          }
          for (const ask of questions(workspaceId)) assert.deepEqual(await ask(storage), await ask(model));
        });
        await fc.assert(property, { numRuns: 60 });
      }));
  });
}

function contact(id: string, name: string, numbers: readonly string[], company: string | null = null): NewContact {
  return { id, name, company, numbers: numbers.map((e164) => ({ e164, label: null })) };
}

async function names(storage: Storage, search: string): Promise<readonly string[]> {
  const { contacts } = await storage.contacts.page(1, contactTerms(search), null, 10);
  return contacts.map(({ name }) => name);
}

/** The contact that the write at this place added, if it added one. */
const anyId = fc.nat(8).map((at) => `c${at}`);

const someNumbers = ["+4930111", "+4930112", "+442079460123"];

const anyFields: fc.Arbitrary<ContactFields> = fc.record({
  name: fc.constantFrom("Anna Berg", "anna  bérg", "Bob", "Zoë 4930", "邓丽君"),
  company: fc.constantFrom(null, "Acme", "Berg & Co"),
  numbers: fc
    .uniqueArray(fc.constantFrom(...someNumbers), { minLength: 1 })
    .map((numbers) => numbers.map((e164, at) => ({ e164, label: at === 0 ? "work" : null }))),
});

type Write =
  | { readonly kind: "add"; readonly fields: ContactFields }
  | { readonly kind: "update"; readonly id: string; readonly fields: ContactFields }
  | { readonly kind: "remove"; readonly id: string }
  | { readonly kind: "import"; readonly rows: readonly ContactFields[] };

const anyWrite: fc.Arbitrary<Write> = fc.oneof(
  fc.record({ kind: fc.constant("add"), fields: anyFields }),
  fc.record({ kind: fc.constant("update"), id: anyId, fields: anyFields }),
  fc.record({ kind: fc.constant("remove"), id: anyId }),
  fc.record({ kind: fc.constant("import"), rows: fc.array(anyFields, { maxLength: 4 }) }),
);

/** What it answers, or the code with which it fails. */
async function perform({ contacts }: Storage, write: Write, workspaceId: number, at: number): Promise<unknown> {
  const given = writing({ workspaceId, atMs: noonMs + at });
  try {
    if (write.kind === "remove") return await contacts.remove(given, write.id);
    if (write.kind === "update") return await contacts.update(given, write.id, write.fields);
    if (write.kind === "add") return await contacts.add(given, { id: `c${at}`, ...write.fields });
    return await contacts.import(
      given,
      write.rows.map((row, place) => ({ id: `i${at} ${place}`, ...row })),
    );
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

function questions(workspaceId: number): readonly ((storage: Storage) => unknown)[] {
  return [
    ({ contacts }) => contacts.revision(workspaceId),
    ({ contacts }) => contacts.page(workspaceId, [], null, 100),
    ({ contacts }) => contacts.page(workspaceId, [], { sortKey: "anna berg", id: "c3" }, 2),
    ...["anna", "b a", "acme", "4930", "0207946", "zoe 49", "邓"].map(
      (search) =>
        ({ contacts }: Storage) =>
          contacts.page(workspaceId, contactTerms(search), null, 3),
    ),
    ...someNumbers.map(
      (e164) =>
        ({ contacts }: Storage) =>
          contacts.shown(workspaceId, e164),
    ),
  ];
}

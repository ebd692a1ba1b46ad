import { createContactWatch } from "../../server/src/changes/contact-watch.ts";
import { createContactFiles } from "../../server/src/contacts/contact-files.ts";
import { createDirectory } from "../../server/src/domain/call-names.ts";
import { createContacts } from "../../server/src/domain/contacts.ts";
import { createPhoneNumbers } from "../../server/src/domain/phone-numbers.ts";
import type { Storage } from "../../server/src/domain/storage.ts";
import { createNumberPlans } from "../../server/src/numbers/number-plans.ts";

/** Contacts and numbers as the product puts them together, over a storage. */
export function createTestNames(storage: Storage) {
  const phoneNumbers = createPhoneNumbers(createNumberPlans());
  const contactWatch = createContactWatch({
    contacts: storage.contacts,
    report: (error) => {
      throw error;
    },
  });
  let lastId = 0;
  const contacts = createContacts({
    storage,
    phoneNumbers,
    files: createContactFiles(),
    clock: { now: () => 0 },
    newId: () => `contact-${++lastId}`,
    changed: (workspaceId) => contactWatch.ring(workspaceId),
  });
  return { contacts, contactWatch, directory: createDirectory({ storage, phoneNumbers }) };
}

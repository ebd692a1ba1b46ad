import type { ContactFileFormat, ContactFiles } from "../domain/contact-files.ts";
import { DomainError } from "../domain/errors.ts";

/** Address books in files: CSV, and vCard 3.0 and 4.0, in UTF-8. What reads and writes them is loaded when it is asked for. */
export function createContactFiles(): ContactFiles {
  return {
    async read(bytes, format) {
      const text = decoded(bytes);
      if ((format ?? formatOf(text)) === "vcard") {
        const { readVcards } = await import("./vcard.ts");
        return readVcards(text);
      }
      const { readContactCsv } = await import("./contact-csv.ts");
      return readContactCsv(text);
    },

    async *write(contacts, format) {
      if (format === "vcard") {
        const { vcardOf } = await import("./vcard.ts");
        for await (const contact of contacts) yield vcardOf(contact);
      } else {
        const { contactCsv } = await import("./contact-csv.ts");
        yield* contactCsv(contacts);
      }
    },
  };
}

function formatOf(text: string): ContactFileFormat {
  return /^\s*BEGIN:VCARD\s*$/im.test(text.slice(0, 1_000)) ? "vcard" : "csv";
}

function decoded(bytes: Uint8Array): string {
  try {
    // A byte order mark is dropped.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new DomainError("BAD_USER_INPUT", "The file is not text in UTF-8; save it as UTF-8.", { cause });
  }
}

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parse } from "csv-parse/sync";
import * as fc from "fast-check";
import type { Contact } from "../domain/contact.ts";
import type { ContactFileFormat } from "../domain/contact-files.ts";
import { DomainError } from "../domain/errors.ts";
import { createContactFiles } from "./contact-files.ts";

const files = createContactFiles();
const read = (text: string, format: ContactFileFormat | null = null) =>
  files.read(new TextEncoder().encode(text), format);

describe("files of contacts", () => {
  it("plain CSV is read, in any order of columns, with commas, semicolons or tabs", async () => {
    const expected = [
      { line: 2, name: "Anna", company: "Acme", numbers: [{ number: "030 1", label: null }] },
      { line: 3, name: "Bob", company: null, numbers: [] },
    ];
    assert.deepEqual(await read("name,company,number\nAnna,Acme,030 1\nBob,,\n"), expected);
    assert.deepEqual(await read("\uFEFFNumber;Name;Company\r\n030 1;Anna;Acme\r\n;Bob;\r\n"), expected);
    assert.deepEqual(await read("name\tphone\tfirm\nAnna\t030 1\tAcme\nBob\t\t"), expected);
  });

  it("the columns of Google Contacts are read, those before 2024 too, with several values in a cell", async () => {
    const now =
      "First Name,Middle Name,Last Name,Organization Name,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value";
    assert.deepEqual(await read(`${now}\nAnna,,Berg,Acme,Mobile,+1 201 555 0123 ::: +1 201 555 0124,,`), [
      {
        line: 2,
        name: "Anna Berg",
        company: "Acme",
        numbers: [
          { number: "+1 201 555 0123", label: "Mobile" },
          { number: "+1 201 555 0124", label: "Mobile" },
        ],
      },
    ]);
    const before = "Name,Given Name,Organization 1 - Name,Phone 1 - Type,Phone 1 - Value";
    assert.deepEqual(await read(`${before}\nAnna Berg,Anna,Acme,* Work,+12015550123`), [
      { line: 2, name: "Anna Berg", company: "Acme", numbers: [{ number: "+12015550123", label: "Work" }] },
    ]);
  });

  it("the columns of Outlook are read; a company without a person is the name", async () => {
    const head =
      "First Name,Middle Name,Last Name,Company,Business Phone,Business Phone 2,Mobile Phone,Company Main Phone";
    assert.deepEqual(await read(`${head}\nAnna,B.,Cole,Acme,030 1,,0151 2,\n,,,Acme,,,,030 0`), [
      {
        line: 2,
        name: "Anna B. Cole",
        company: "Acme",
        numbers: [
          { number: "030 1", label: "Business Phone" },
          { number: "0151 2", label: "Mobile Phone" },
        ],
      },
      { line: 3, name: "Acme", company: "Acme", numbers: [{ number: "030 0", label: "Company Main Phone" }] },
    ]);
  });

  it("a record that is not CSV or has no name is refused with the line it begins on, and the others are read", async () => {
    const rows = await read('name,number\n"two\nlines",1\n\nbad "x" y,2\n,3\nBob,4\n');
    assert.deepEqual(
      rows.map((row) => [row.line, "problem" in row ? "refused" : row.name]),
      [
        [2, "two\nlines"],
        [5, "refused"],
        [6, "refused"],
        [7, "Bob"],
      ],
    );
  });

  it("a file without the columns, without a card or in another encoding is refused whole", async () => {
    for (const text of ["", "a,b\n1,2", "name,company\nAnna,Acme"]) {
      await assert.rejects(read(text), (error) => error instanceof DomainError && error.code === "BAD_USER_INPUT");
    }
    await assert.rejects(read("name,number\n", "vcard"), DomainError);
    await assert.rejects(files.read(Uint8Array.of(0xff, 0xfe, 0x41, 0), null), DomainError);
  });

  it("vCards of 3.0 and 4.0 are read: folded lines, escapes, groups, URIs and structured names", async () => {
    const text = [
      "BEGIN:VCARD",
      "VERSION:3.0",
      "FN:A very long name that an address bo",
      " ok has folded\\, with a comma",
      "ORG:Acme\\; Inc;Sales",
      "item1.TEL;TYPE=CELL:+1 201 555 0123",
      "item1.X-ABLabel:_$!<HomeFax>!$_",
      "TEL;TYPE=WORK,VOICE,pref:030 12",
      "END:VCARD",
      "",
      "begin:vcard",
      "VERSION:4.0",
      "N:Doe;Jane;;;",
      'TEL;VALUE=uri;TYPE="voice,home":tel:+1-201-555-0124',
      "end:vcard",
    ];
    for (const end of ["\r\n", "\n"]) {
      assert.deepEqual(await read(text.join(end)), [
        {
          line: 1,
          name: "A very long name that an address book has folded, with a comma",
          company: "Acme; Inc",
          numbers: [
            { number: "+1 201 555 0123", label: "HomeFax" },
            { number: "030 12", label: "work" },
          ],
        },
        { line: 11, name: "Jane Doe", company: null, numbers: [{ number: "tel:+1-201-555-0124", label: "home" }] },
      ]);
    }
  });

  it("a card that cannot be read is refused with its line and the others are read", async () => {
    const good = "BEGIN:VCARD\nVERSION:3.0\nFN:Bob\nEND:VCARD\n";
    const old = "BEGIN:VCARD\nVERSION:2.1\nTEL;CELL;PREF:1\nEND:VCARD\n";
    const rows = await read(`${good}${old}BEGIN:VCARD\nnonsense\nEND:VCARD\nBEGIN:VCARD\nFN:open\n${good}`);
    assert.deepEqual(
      rows.map((row) => [row.line, "problem" in row ? row.problem : row.name]),
      [
        [1, "Bob"],
        [5, "vCards of version 3.0 and 4.0 are read, not 2.1."],
        [9, "vCards of version 3.0 and 4.0 are read, not one without a version."],
        [12, "This vCard has no END:VCARD."],
        [14, "Bob"],
      ],
    );
  });

  it("what is written is read back the same, and no cell begins like a formula", async () => {
    const anyText = fc
      .string({
        unit: fc.constantFrom("a", "é", "😀", " ", ",", ";", '"', "\\", "=", "+", "-", "@", "'", ":", "n"),
        maxLength: 90,
      })
      .map((text) => text.trim())
      .filter((text) => text !== "" && !/^'[=+\-@]/.test(text));
    const anyContact: fc.Arbitrary<Contact> = fc.record({
      id: fc.constant("c"),
      name: anyText,
      company: fc.option(anyText),
      numbers: fc.uniqueArray(
        fc.record({
          e164: fc.integer({ min: 1_000_000, max: 9_999_999 }).map((digits) => `+49${digits}`),
          label: fc.option(anyText.filter((text) => !text.startsWith("* "))),
          isShown: fc.boolean(),
        }),
        { maxLength: 3, selector: ({ e164 }) => e164 },
      ),
      createdAtMs: fc.constant(0),
      updatedAtMs: fc.constant(0),
    });
    const contacts = fc.array(anyContact, { maxLength: 4 });
    const property = fc.asyncProperty(
      contacts,
      fc.constantFrom<ContactFileFormat>("csv", "vcard"),
      async (given, format) => {
        async function* each() {
          yield* given;
        }
        let text = "";
        for await (const piece of files.write(each(), format)) text += piece;
        if (format === "csv") {
          const cells = parse(text, { relax_column_count: true }).flat();
          assert.deepEqual(
            cells.filter((cell) => /^[=@-]|^\+(?!49\d{7}$)/.test(cell)),
            [],
          );
        }
        const rows = given.length === 0 ? [] : await read(text, format);
        assert.deepEqual(
          rows.map(({ line: _line, ...row }) => row),
          given.map(({ name, company, numbers }) => ({
            name,
            company,
            numbers: numbers.map(({ e164, label }) => ({ number: e164, label })),
          })),
        );
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });
});

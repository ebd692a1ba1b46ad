import ICAL from "ical.js";
import type { Contact } from "../domain/contact.ts";
import type { ContactRow } from "../domain/contact-files.ts";
import { DomainError } from "../domain/errors.ts";

/**
 * Contacts in vCards of version 3.0 (RFC 2426) and 4.0 (RFC 6350). Each card is read alone, so that one that is not right costs no
 * other. @throws DomainError BAD_USER_INPUT when there is no card at all.
 */
export function readVcards(text: string): readonly ContactRow[] {
  const cards = split(text);
  if (cards.length === 0) throw new DomainError("BAD_USER_INPUT", "There is no BEGIN:VCARD in the file.");
  return cards.map(({ line, text: card, isWhole }): ContactRow => {
    if (!isWhole) return { line, problem: "This vCard has no END:VCARD." };
    try {
      return readCard(line, new ICAL.Component(ICAL.parse(card) as never));
    } catch {
      return { line, problem: versionProblem(card) ?? "This is not a vCard that can be read." };
    }
  });
}

type Card = { readonly line: number; readonly text: string; readonly isWhole: boolean };

function split(text: string): readonly Card[] {
  const cards: Card[] = [];
  let open: { line: number; lines: string[] } | null = null;
  const take = (isWhole: boolean) => {
    if (open !== null) cards.push({ line: open.line, text: `${open.lines.join("\r\n")}\r\n`, isWhole });
    open = null;
  };
  for (const [at, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (/^BEGIN:VCARD\s*$/i.test(line)) {
      take(false);
      open = { line: at + 1, lines: [] };
    }
    // Blank lines are no part of a card, but address books leave them.
    if (open !== null && line.trim() !== "") open.lines.push(line.trimEnd());
    if (/^END:VCARD\s*$/i.test(line)) take(true);
  }
  take(false);
  return cards;
}

function readCard(line: number, card: ICAL.Component): ContactRow {
  const version = textOf(card.getFirstPropertyValue("version"));
  if (version !== "3.0" && version !== "4.0") return { line, problem: badVersion(version) };
  const company = firstOf(card.getFirstPropertyValue("org"));
  const name = textOf(card.getFirstPropertyValue("fn")) || nameOf(card.getFirstPropertyValue("n")) || company;
  if (name === "") return { line, problem: "It has no name." };
  const numbers = card.getAllProperties("tel").map((property) => ({
    number: textOf(property.getFirstValue()),
    label: labelOf(card, property),
  }));
  return { line, name, company: company || null, numbers: numbers.filter(({ number }) => number !== "") };
}

/** Apple's own label of the property's group, else its types as far as they say where it rings. */
function labelOf(card: ICAL.Component, property: ICAL.Property): string | null {
  const group = property.getParameter("group");
  const own = card
    .getAllProperties("x-ablabel")
    .find((label) => group !== undefined && label.getParameter("group") === group);
  if (own !== undefined) return textOf(own.getFirstValue()).replace(/^_\$!<(.*)>!\$_$/, "$1") || null;
  const types = [property.getParameter("type") ?? []].flat().flatMap((type) => type.toLowerCase().split(","));
  return types.filter((type) => type !== "voice" && type !== "pref" && type !== "text").join(" ") || null;
}

function nameOf(value: unknown): string {
  if (!Array.isArray(value)) return textOf(value);
  const [family, given, middle] = value.map((part) => firstOf(part));
  return [given, middle, family].filter((part) => part !== undefined && part !== "").join(" ");
}

function firstOf(value: unknown): string {
  return Array.isArray(value) ? firstOf(value[0]) : textOf(value);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}

function versionProblem(card: string): string | null {
  const version = /^VERSION:(.*)$/im.exec(card)?.[1]?.trim();
  return version === "3.0" || version === "4.0" ? null : badVersion(version ?? "");
}

function badVersion(version: string): string {
  return `vCards of version 3.0 and 4.0 are read, not ${version === "" ? "one without a version" : version.slice(0, 20)}.`;
}

/** One contact as a vCard 3.0, which every address book reads. */
export function vcardOf({ name, company, numbers }: Contact): string {
  const card = new ICAL.Component(["vcard", [], []]);
  const add = (property: string, type: string, value: unknown, parameters: object = {}) =>
    card.addProperty(new ICAL.Property([property, parameters, type, value] as never, card));
  add("version", "text", "3.0");
  add("fn", "text", name);
  // Version 3.0 requires the parts of a name too; ours has none, so that it stands whole as the family name.
  add("n", "text", [name, "", "", "", ""]);
  if (company !== null) add("org", "text", [company]);
  for (const [at, { e164, label }] of numbers.entries()) {
    add("tel", "phone-number", e164, { group: `item${at + 1}` });
    if (label !== null) add("x-ablabel", "unknown", label, { group: `item${at + 1}` });
  }
  return `${card.toString()}\r\n`;
}

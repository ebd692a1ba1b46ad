import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { auditRemark, auditSentence, auditTopicNamed, auditTopicOf, type AuditedEvent } from "./audit-text.ts";

const event = (kind: string, details: Readonly<Record<string, string>> = {}, more: Partial<AuditedEvent> = {}) => ({
  kind,
  actor: { kind: "USER", id: "1", name: "Ann" },
  target: { id: "2", name: "Bob" },
  details: Object.entries(details).map(([name, value]) => ({ name, value })),
  ...more,
});
const nobody = (kind: string) => ({ actor: { kind, id: null, name: null } });

test("an event is told by who did what to whom, oneself as You", () => {
  const promoted = event("ROLE_CHANGED", { role: "admin", before: "member" });
  assert.equal(auditSentence(promoted, "2"), "Ann made Bob an admin");
  assert.equal(auditSentence(promoted, "1"), "You made Bob an admin");
  assert.equal(
    auditSentence(event("USER_ADDED", { role: "reader" }, nobody("COMMAND_LINE")), "1"),
    "The command line added Bob as a reader",
  );
  assert.equal(auditSentence(event("SESSION_REVOKED", {}, nobody("SYSTEM")), "1"), "Ringback ended a session of Bob");
  const robot = { actor: { kind: "KEY", id: "3", name: "Robot" } };
  assert.equal(
    auditSentence(event("CALLS_EXPORTED", { format: "ndjson", count: "1204" }, robot), "1"),
    `The program Robot exported ${(1_204).toLocaleString()} calls as NDJSON`,
  );
});

test("refused attempts that were gathered are counted", () => {
  const refused = (count: string) => auditSentence(event("SIGN_IN_REFUSED", { count }, nobody("STRANGER")), "1");
  assert.equal(refused("1"), "Somebody could not sign in as Bob");
  assert.equal(refused("40"), "Somebody could not sign in as Bob, 40 more times");
});

test("what was changed of the workspace is told with what it is now", () => {
  const settings = (details: Readonly<Record<string, string>>) =>
    auditSentence(event("SETTINGS_CHANGED", details), null);
  assert.equal(settings({ name: "Sales" }), "Ann named the workspace Sales");
  assert.equal(
    settings({ name: "Sales", timeZone: "Europe/Berlin" }),
    "Ann named the workspace Sales and set its time zone to Europe/Berlin",
  );
  assert.equal(settings({ callsKeptDays: "90" }), "Ann had calls kept for 90 days");
  assert.equal(settings({ callsKeptDays: "all" }), "Ann had calls kept for ever");
  const country = (details: Readonly<Record<string, string>>, target: AuditedEvent["target"]) =>
    auditSentence(event("COUNTRY_CHANGED", details, { target }), null);
  assert.match(country({ country: "DE" }, null), /^Ann had numbers read as those of /);
  assert.equal(country({}, { id: "s", name: "PBX" }), "Ann took the default country of the source PBX away");
});

test("a remark says where somebody was, what a key may do, and by what an export was filtered", () => {
  assert.equal(auditRemark(event("SIGNED_IN", { network: "192.0.2.0/24" })), "from 192.0.2.0/24");
  assert.equal(auditRemark(event("SIGNED_IN", { network: "unknown" })), null);
  assert.equal(auditRemark(event("KEY_CREATED", { scopes: "read, write" })), "may read and write");
  assert.equal(auditRemark(event("CALLS_EXPORTED", { format: "csv", filter: "{}" })), "filtered by {}");
  assert.equal(auditRemark(event("SIGNED_OUT")), null);
});

test("every kind of the schema has a sentence and a topic, and a kind of a newer server is told", () => {
  const sdl = readFileSync(new URL("../../../schema.graphql", import.meta.url), "utf8");
  const [, body = ""] = /enum AuditKind \{([^]*?)\n\}/.exec(sdl) ?? [];
  const kinds = [...body.matchAll(/^ {2}([A-Z_]+)$/gm)].map(([, kind = ""]) => kind);
  assert.ok(kinds.length > 20);
  for (const kind of kinds) {
    assert.doesNotMatch(auditSentence(event(kind), null), /does not know/, kind);
    assert.notEqual(auditTopicOf(kind), null, kind);
  }
  assert.match(auditSentence(event("OF_TOMORROW"), null), /does not know \(OF_TOMORROW\)$/);
  assert.equal(auditTopicOf("OF_TOMORROW"), null);
});

test("a topic of the URL is taken where there is one of this name", () => {
  assert.equal(auditTopicNamed("people"), "people");
  for (const name of [undefined, "nothing", "toString"]) assert.equal(auditTopicNamed(name), null);
});

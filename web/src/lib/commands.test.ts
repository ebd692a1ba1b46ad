import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { type Command, commands, hindrance, ownKeysFrom } from "./commands.ts";
import { commandName, isOfCharacters, usualKeys } from "./keys.ts";

const source = resolve(import.meta.dirname, "..");
const nameOf = ({ keys, label, scope }: Command) => `${scope}: ${label} (${keys})`;
const named = (label: string): Command => commands.find((one) => one.label === label) ?? assert.fail(label);

test("the commands are those that the screens bind", () => {
  const bound = globSync("**/*.tsx", { cwd: source }).flatMap((file) =>
    Array.from(
      readFileSync(join(source, file), "utf8").matchAll(
        /keys:\s*"([^"]+)",\s*label:\s*"([^"]+)",\s*scope:\s*"([^"]+)"/g,
      ),
      ([, keys = "", label = "", scope = ""]) => ({ keys, label, scope }),
    ),
  );
  const written = commands.filter(
    ({ scope, label }) => scope !== "Settings" && !/^g [irmuxvalc]$/.test(named(label).keys),
  );
  assert.deepEqual(
    [...new Set(bound.filter(({ keys }) => isOfCharacters(keys)).map(nameOf))].toSorted(),
    written.map(nameOf).toSorted(),
  );
});

test("every command has a name of its own that the server takes", () => {
  const names = commands.map(commandName);
  assert.equal(new Set(names).size, names.length);
  for (const name of names) assert.match(name, /^[A-Za-z0-9 _.+:-]{1,50}$/);
});

test("no two commands that act together have the same key, nor can be given it", () => {
  for (const command of commands) assert.equal(hindrance(command, command.keys, usualKeys), null, command.label);
  assert.equal(hindrance(named("Archive or restore"), "j", usualKeys)?.label, "Next call");
  assert.equal(hindrance(named("Archive or restore"), "g", usualKeys)?.scope, "Go to");
  assert.equal(hindrance(named("Archive or restore"), "r", usualKeys), null);
  assert.equal(hindrance(named("Count again"), "j", usualKeys), null);
  const off = { ...usualKeys, off: new Set([commandName(named("Next call"))]) };
  assert.equal(hindrance(named("Archive or restore"), "j", off), null);
});

test("keys of one's own are read back, and nothing else is", () => {
  assert.deepEqual([...ownKeysFrom('{"list.next-call":"h","x":"Escape","y":1}')], [["list.next-call", "h"]]);
  for (const text of ["", "[", "null", "7"]) assert.equal(ownKeysFrom(text).size, 0);
});

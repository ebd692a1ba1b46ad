import assert from "node:assert/strict";
import { test } from "node:test";
import { commandName, createKeys, type KeyEvent, usualKeys } from "./keys.ts";

const press = (key: string, more: Partial<KeyEvent> = {}): KeyEvent => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isTyping: false,
  timeStamp: 0,
  ...more,
});

function keyboard(...names: string[]) {
  const keys = createKeys();
  const ran: string[] = [];
  const bindings = names.map((name) => ({ keys: name, label: name, scope: "Test", run: () => ran.push(name) }));
  return { keys, ran, takeBack: keys.add(bindings) };
}

test("a key runs what was added for it, until it is taken back", () => {
  const { keys, ran, takeBack } = keyboard("j", "Shift+j", "?", "Control+k");
  assert.ok(keys.handle(press("j")));
  assert.ok(keys.handle(press("J", { shiftKey: true })));
  assert.ok(keys.handle(press("?", { shiftKey: true })));
  assert.ok(keys.handle(press("k", { metaKey: true })));
  assert.deepEqual(ran, ["j", "Shift+j", "?", "Control+k"]);
  takeBack();
  assert.ok(!keys.handle(press("j")));
});

test("no key acts while somebody types, or with Alt", () => {
  const { keys, ran } = keyboard("e");
  keys.handle(press("e", { isTyping: true }));
  keys.handle(press("e", { altKey: true }));
  assert.deepEqual(ran, []);
});

test("two keys in a row act together, when the second comes soon", () => {
  const { keys, ran } = keyboard("g i", "i");
  keys.handle(press("g"));
  keys.handle(press("i", { timeStamp: 300 }));
  keys.handle(press("g", { timeStamp: 1_000 }));
  keys.handle(press("i", { timeStamp: 9_000 }));
  assert.deepEqual(ran, ["g i", "i"]);
});

test("single keys can be switched off; chords stay", () => {
  const { keys, ran } = keyboard("e", "Control+k");
  keys.choices.set({ ...usualKeys, isOn: false });
  keys.handle(press("e"));
  keys.handle(press("k", { ctrlKey: true }));
  assert.deepEqual(ran, ["Control+k"]);
});

test("one key can be switched off, or be another one; keys that are no characters stay", () => {
  const { keys, ran } = keyboard("e", "g i", "Escape");
  const nameOf = (label: string) => commandName({ scope: "Test", label });
  keys.choices.set({
    isOn: true,
    off: new Set([nameOf("e"), nameOf("Escape")]),
    own: new Map([[nameOf("g i"), "h"]]),
  });
  for (const key of ["e", "g", "i", "h", "Escape"]) keys.handle(press(key));
  assert.deepEqual(ran, ["g i", "Escape"]);
});

test("what was added last goes first", () => {
  const { keys, ran } = keyboard("Escape");
  const takeBack = keys.add([{ keys: "Escape", label: "Close", scope: "Dialog", run: () => ran.push("dialog") }]);
  keys.handle(press("Escape"));
  takeBack();
  keys.handle(press("Escape"));
  assert.deepEqual(ran, ["dialog", "Escape"]);
});

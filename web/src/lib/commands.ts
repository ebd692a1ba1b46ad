import { isOfCharacters, type KeyBinding, type KeyChoices, keysOf } from "./keys.ts";
import { type ViewName, views } from "./views.ts";

/** A command that has a key, whether or not one is where it acts. */
export type Command = Pick<KeyBinding, "keys" | "label" | "scope">;

/** The parts of the settings by their places in the URL, each with the digit that leads to it. */
export const settingsParts = {
  you: { label: "You", key: "1" },
  workspace: { label: "Workspace", key: "2" },
  people: { label: "People", key: "3" },
  keys: { label: "API keys", key: "4" },
  export: { label: "Export", key: "5" },
  shortcuts: { label: "Keyboard", key: "6" },
  webhooks: { label: "Webhooks", key: "7" },
  audit: { label: "Audit", key: "8" },
} as const;

/** All commands on keys of characters, by the screens they belong to; a test compares them with what the screens bind. */
export const commands: readonly Command[] = [
  ...(Object.keys(views) as ViewName[]).map((view) => ({
    keys: `g ${views[view].key}`,
    label: `Go to ${views[view].label}`,
    scope: "Go to",
  })),
  { keys: "g n", label: "Go to Insights", scope: "Go to" },
  { keys: "g o", label: "Go to Sources", scope: "Go to" },
  { keys: "g s", label: "Go to Settings", scope: "Go to" },
  { keys: "g d", label: "Go to a day", scope: "Go to" },
  { keys: "j", label: "Next call", scope: "List" },
  { keys: "k", label: "Previous call", scope: "List" },
  { keys: "o", label: "Open the call", scope: "List" },
  { keys: "]", label: "Next day of the list", scope: "List" },
  { keys: "[", label: "Previous day of the list", scope: "List" },
  { keys: "/", label: "Search", scope: "List" },
  { keys: "f", label: "Filter", scope: "List" },
  { keys: "x", label: "Select the call", scope: "Selection" },
  { keys: "Shift+j", label: "Select on to the next call", scope: "Selection" },
  { keys: "Shift+k", label: "Select on to the call before", scope: "Selection" },
  { keys: "e", label: "Archive or restore", scope: "Actions" },
  { keys: "t", label: "Tag", scope: "Actions" },
  { keys: "a", label: "Assign", scope: "Actions" },
  { keys: "u", label: "Mark read or unread", scope: "Actions" },
  { keys: "Shift+u", label: "Mark all of the list read", scope: "Actions" },
  { keys: "z", label: "Undo", scope: "Actions" },
  { keys: "c", label: "Copy the number", scope: "Call" },
  { keys: "n", label: "Write a note", scope: "Call" },
  { keys: "a", label: "Assign the call", scope: "Call" },
  { keys: "t", label: "Tag the call", scope: "Call" },
  { keys: ">", label: "Next page", scope: "Pages" },
  { keys: "<", label: "Previous page", scope: "Pages" },
  { keys: "g b", label: "Go to the first page", scope: "Pages" },
  { keys: "g e", label: "Go to the last page", scope: "Pages" },
  { keys: "[", label: "Earlier days", scope: "Insights" },
  { keys: "]", label: "Later days", scope: "Insights" },
  { keys: "t", label: "Tables or charts", scope: "Insights" },
  { keys: "r", label: "Count again", scope: "Insights" },
  { keys: "n", label: "Add a source", scope: "Sources" },
  { keys: "n", label: "Add a webhook", scope: "Webhooks" },
  ...Object.values(settingsParts).map(({ label, key }) => ({
    keys: key,
    label: `Settings: ${label}`,
    scope: "Settings",
  })),
  { keys: "?", label: "Show all keys", scope: "Help" },
];

/** Scopes that act wherever one is. */
const everywhere: ReadonlySet<string> = new Set(["Go to", "Help"]);
/** Scopes of the list, which act together. */
const ofList: ReadonlySet<string> = new Set(["List", "Selection", "Actions", "Pages"]);

/** Why a command cannot have a key: the command that has it, or that begins with it, where both act; null where it can. */
export function hindrance(command: Command, key: string, choices: KeyChoices): Command | null {
  const others = commands.filter(({ label, scope }) => label !== command.label || scope !== command.scope);
  return (
    others.find((other) => {
      const taken = keysOf(other, choices);
      if (taken === null || !actTogether(command.scope, other.scope)) return false;
      return taken === key || taken.startsWith(`${key} `) || key.startsWith(`${taken} `);
    }) ?? null
  );
}

function actTogether(one: string, other: string): boolean {
  return one === other || everywhere.has(one) || everywhere.has(other) || (ofList.has(one) && ofList.has(other));
}

/** Keys of somebody's own as a browser kept them; what is none is left out. */
export function ownKeysFrom(text: string): ReadonlyMap<string, string> {
  const kept: unknown = parsed(text);
  if (typeof kept !== "object" || kept === null) return new Map();
  return new Map(
    Object.entries(kept).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string" && isOfCharacters(entry[1]),
    ),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // Written by something else.
  }
}

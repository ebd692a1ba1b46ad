import { useEffect } from "react";
import { useQuery } from "urql";
import { client } from "../../api/client.ts";
import { failureFrom } from "../../api/failure.ts";
import { mutate } from "../../api/mutate.ts";
import {
  CallsBeforeDocument,
  ChoicesDocument,
  type ChoicesQuery,
  type PreferencesInput,
  SetPreferencesDocument,
  SetWorkspaceSettingsDocument,
  type WorkspaceSettingsInput,
} from "../../api/settings.gen.ts";
import { ownKeysFrom } from "../../lib/commands.ts";
import { pageSize, usualPageSize } from "../../lib/pages.ts";
import { homeCountry } from "../../lib/phone.ts";
import { createStoredText } from "../../lib/stored.ts";
import { zone, zoneFor } from "../../lib/zone.ts";
import { setTheme, type Theme } from "../../ui/theme.ts";
import { keys } from "../../ui/use-keys.ts";
import { sayFailure } from "../shell/say-failure.ts";

/** What stands for all single keys in `Preferences.keysOff`. */
export const singleKeys = "single keys";

/** Keys of the person's own, by the names of commands: kept by this browser, for another device has another keyboard. */
const ownKeys = createStoredText("ringback-keys", "{}");

/** What `Preferences.keysOff` said last: known from the start, or a key that is off would act until the server has told. */
const keysOff = createStoredText("ringback-keys-off", "");

chooseKeys();

/** Gives a command a key of the person's own, or with null its usual one again. */
export function chooseKey(command: string, key: string | null): void {
  const own = new Map(ownKeysFrom(ownKeys.get()));
  if (key === null) own.delete(command);
  else own.set(command, key);
  ownKeys.set(JSON.stringify(Object.fromEntries(own)));
  chooseKeys();
}

function chooseKeys(): void {
  const off = new Set(keysOff.get().match(/.+/g));
  keys.choices.set({ isOn: !off.has(singleKeys), off, own: ownKeysFrom(ownKeys.get()) });
}

/** Makes the page as the person and the workspace chose it: time zone, theme, keys. Once, by the shell. */
export function useChoices(): void {
  const [{ data }] = useQuery({ query: ChoicesDocument });
  useEffect(() => {
    if (data !== undefined) apply(data);
  }, [data]);
}

function apply({ preferences, workspaceSettings }: ChoicesQuery): void {
  zone.set(zoneFor(preferences.timeZone, workspaceSettings.timeZone));
  pageSize.set(preferences.pageSize ?? usualPageSize);
  homeCountry.set(preferences.defaultCountry ?? workspaceSettings.defaultCountry);
  // Nothing chosen leaves it to what this device remembers.
  if (preferences.theme !== null) setTheme(preferences.theme.toLowerCase() as Theme);
  keysOff.set(preferences.keysOff.join("\n"));
  chooseKeys();
}

/** Saves preferences, and makes the page so. @throws RequestFailure */
export async function savePreferences(input: PreferencesInput): Promise<void> {
  await mutate(SetPreferencesDocument, { input });
  await fetchChoices();
}

/** Saves what holds for everybody. @throws RequestFailure */
export async function saveWorkspace(input: WorkspaceSettingsInput): Promise<void> {
  await mutate(SetWorkspaceSettingsDocument, { input });
  await fetchChoices();
}

/** How many calls were made longer ago. @throws RequestFailure */
export async function countOlderCalls(days: number): Promise<number> {
  const before = new Date(Date.now() - days * 86_400_000).toISOString();
  const { data, error } = await client
    .query(CallsBeforeDocument, { before }, { requestPolicy: "network-only" })
    .toPromise();
  if (error !== undefined) throw failureFrom(error);
  return (data?.callCounts.groups ?? []).reduce((sum, { count }) => sum + count, 0);
}

/** A theme at once, here and wherever the person signs in. */
export function chooseTheme(theme: Theme): void {
  setTheme(theme);
  savePreferences({ theme: theme.toUpperCase() as Uppercase<Theme> }).catch((error: unknown) =>
    sayFailure("The theme holds on this device only", error),
  );
}

async function fetchChoices(): Promise<void> {
  await client.query(ChoicesDocument, {}, { requestPolicy: "network-only" }).toPromise();
}

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Command, Option } from "commander";
import {
  type Config,
  readSettings,
  type SettingLayer,
  type SettingName,
  type SettingOrigin,
  settingKey,
  settingNames,
  settings,
  settingsFileName,
  settingsFromEnvironment,
  settingsFromFile,
} from "../config.ts";

/**
 * Gives a command a flag for each of the settings that it uses, from the one table, under headings.
 * @param defaults what the help says where the command does something else than the table by default
 */
export function addSettingFlags(
  command: Command,
  names: readonly SettingName[],
  defaults: Partial<Record<SettingName, string>> = {},
): Command {
  for (const [heading, members] of headings) {
    for (const name of members.filter((member) => names.includes(member))) {
      const { meaning, default: usual } = settings[name];
      const fallback = defaults[name] ?? usual;
      const shown = fallback === "" ? "" : ` (default: ${fallback})`;
      command.addOption(new Option(`--${settingKey(name)} <value>`, `${meaning}${shown}`).helpGroup(heading));
    }
  }
  return command.addHelpText(
    "after",
    `\nSettings may also come from the environment (${settings.data.env} for --data) or from ${settingsFileName}\nin the data folder ({ "port": 4000 }); a flag wins over both.`,
  );
}

/**
 * The configuration for a command: its flags, then the environment, then `ringback.json` in the data folder, then defaults.
 * @throws DomainError BAD_CONFIGURATION with one line for every mistake.
 */
export async function configOf(
  command: Command,
): Promise<{ readonly config: Config; readonly origins: Readonly<Record<SettingName, SettingOrigin>> }> {
  const flags: SettingLayer = {
    origin: "flag",
    values: Object.fromEntries(
      settingNames.flatMap((name) => {
        const option = command.options.find(({ long }) => long === `--${settingKey(name)}`);
        const value: unknown = option && command.getOptionValue(option.attributeName());
        return typeof value === "string" ? [[name, value]] : [];
      }),
    ),
  };
  const environment: SettingLayer = { origin: "environment", values: settingsFromEnvironment(process.env) };
  const folder = flags.values.data ?? environment.values.data ?? settings.data.default;
  return readSettings([flags, environment, await fileLayer(folder)]);
}

async function fileLayer(folder: string): Promise<SettingLayer> {
  try {
    return settingsFromFile(await readFile(join(folder, settingsFileName), "utf8"));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // Without a folder or a file in it there is nothing to read. That the folder is not usable is for the command to say.
    if (code === "ENOENT" || code === "ENOTDIR") return { origin: "file", values: {} };
    return { origin: "file", values: {}, mistakes: [`${join(folder, settingsFileName)}: cannot be read (${code})`] };
  }
}

const headings: readonly (readonly [string, readonly SettingName[]])[] = [
  ["Where:", ["data", "host", "port", "database", "databaseConnections", "doorbell", "drainMs"]],
  [
    "Who may connect:",
    [
      "origins",
      "trustedProxies",
      "socketsPerNetwork",
      "costPerSession",
      "requestsPerNetwork",
      "signInsPerNetwork",
      "introspection",
      "graphqlGet",
    ],
  ],
  ["Sessions:", ["refreshRotation", "refreshGraceMs", "sessionDays", "deprecatedRefresh", "keysSecret"]],
  ["Whom to tell:", ["webhookNetworks"]],
  ["Keeping and logging:", ["changesKeptDays", "bodiesKeptDays", "deliveriesKeptDays", "auditKeptDays", "logLevel"]],
];

/** Settings that are under no heading: the table above has to name each one. For the test. */
export function settingsWithoutHeading(): readonly SettingName[] {
  return settingNames.filter((name) => !headings.some(([, members]) => members.includes(name)));
}

import { isSecret, type SettingName, settingKey, settingNames, settings } from "../../config.ts";
import type { AddCommand } from "../program.ts";
import { addSettingFlags, configOf } from "../settings-flags.ts";
import { lineWidth, tableText, wrapped } from "../text.ts";

export const addConfig: AddCommand = (program) => {
  const command = program
    .command("config")
    .summary("Show the settings in force and where each comes from.")
    .description("Shows every setting: its value, where that comes from, and what it means. Secrets are not shown.")
    .option("--json", "Print JSON, for programs.")
    .action(async ({ json }: { readonly json?: boolean }) => {
      const { config, origins } = await configOf(command);
      const rows = settingNames.map((name) => ({
        name: settingKey(name),
        variable: settings[name].env,
        value: isSecret(name) ? masked(String(config[name])) : config[name],
        origin: originText(name, origins[name]),
        meaning: settings[name].meaning,
      }));
      process.stdout.write(json === true ? `${JSON.stringify(rows, null, 2)}\n` : text(rows));
    });
  addSettingFlags(command, settingNames);

  function originText(name: SettingName, origin: string): string {
    return origin === "environment" ? settings[name].env : origin === "flag" ? `--${settingKey(name)}` : origin;
  }
};

type Row = { readonly name: string; readonly value: unknown; readonly origin: string; readonly meaning: string };

/** A table whose last column is wrapped, so that it fits a terminal. */
function text(rows: readonly Row[]): string {
  const cells = rows.map(({ name, value, origin, meaning }) => [name, valueText(value), origin, meaning] as const);
  const taken = [0, 1, 2].map((column) => Math.max(...cells.map((row) => (row[column] ?? "").length)) + 2);
  const room = lineWidth(process.stdout) - taken.reduce((sum, width) => sum + width, 0);
  return tableText(
    ["SETTING", "VALUE", "FROM", "MEANING"],
    cells.flatMap(([name, value, origin, meaning]) =>
      wrapped(meaning, Math.max(room, 30)).map((line, index) =>
        index === 0 ? [name, value, origin, line] : ["", "", "", line],
      ),
    ),
  );
}

function valueText(value: unknown): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  const shown = Array.isArray(value) ? value.join(", ") : String(value);
  return shown === "" ? "-" : shown;
}

function masked(secret: string): string {
  return secret === "" ? "" : "(set)";
}

import type { Command } from "commander";
import { type Config, settingNames } from "../../config.ts";
import { lockDataFolder } from "../data-lock.ts";
import type { AddCommand } from "../program.ts";
import { addSettingFlags, configOf } from "../settings-flags.ts";
import { listenForStop } from "../stop-signal.ts";
import { version } from "../version.ts";

export const addServe: AddCommand = (program) => {
  const command = program
    .command("serve")
    .summary("Run the server on the data folder.")
    .description(
      "Runs the server. On the first run, when nobody has an account yet, it prints a link that creates the first one.\n\nCtrl-C (or SIGTERM) lets what runs finish and then ends; a second one ends at once.",
    )
    .action(async () => {
      const { config } = await configOf(command);
      await serve(config);
    });
  addSettingFlags(command, settingNames);
  addServeExamples(command);
};

async function serve(config: Config): Promise<void> {
  const stop = listenForStop();
  const lock = lockDataFolder(config.data);
  try {
    const { startApp } = await import("../../app.ts");
    const app = await startApp(config);
    try {
      process.stdout.write(greeting(app.url, config.data, app.setupUrl));
      await stop.stopped;
      process.stdout.write("\nStopping. What runs is finished first; press Ctrl-C again to end at once.\n");
    } finally {
      await app.close();
    }
  } finally {
    lock.release();
    stop.release();
  }
}

function greeting(url: string, folder: string, setupUrl: string | null): string {
  const first =
    setupUrl === null
      ? ""
      : `\nNobody has an account yet. Open this link to create the first one; it works once:\n  ${setupUrl}\n`;
  return `Ringback ${version} is running.

${addressLines(url)}
  Data       ${folder}
${first}
Stop with Ctrl-C.
`;
}

/** Where a server is reached, one address a line. */
export function addressLines(url: string): string {
  return `  Open       ${url}
  GraphQL    ${url}/graphql
  WebSocket  ${url.replace(/^http/, "ws")}/websocket`;
}

function addServeExamples(command: Command): void {
  command.addHelpText(
    "after",
    `
Examples:
  ringback serve --data /var/lib/ringback
  ringback serve --port 8080 --origins https://crm.example.com
  RINGBACK_HOST=0.0.0.0 ringback serve      (behind a proxy with TLS only)`,
  );
}

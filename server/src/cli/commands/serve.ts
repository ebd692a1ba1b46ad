import { setFlagsFromString } from "node:v8";
import type { Command } from "commander";
import { type Config, databaseShown, settingNames } from "../../config.ts";
import { DomainError } from "../../domain/errors.ts";
import { makeDataFolder } from "../data-folder.ts";
import { lockDataFolder } from "../data-lock.ts";
import type { AddCommand } from "../program.ts";
import { addSettingFlags, configOf } from "../settings-flags.ts";
import { listenForStop } from "../stop-signal.ts";
import { version } from "../version.ts";

export const addServe: AddCommand = (program) => {
  const command = program
    .command("serve")
    .summary("Run the server on the data folder, or on PostgreSQL.")
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
  const lock = takeDataFolder(config);
  try {
    const { startApp } = await import("../../app.ts");
    const app = await startApp(config);
    keepHeapSmall();
    try {
      process.stdout.write(greeting(app.url, config, app.setupUrl));
      const moved = await Promise.race([stop.stopped.then(() => null), app.moved]);
      // Whoever is connected is sent away as by any stop, and comes back to the server that follows.
      if (moved !== null) throw new DomainError("BAD_CONFIGURATION", moved);
      process.stdout.write("\nStopping. What runs is finished first; press Ctrl-C again to end at once.\n");
    } finally {
      await app.close();
    }
  } finally {
    lock.release();
    stop.release();
  }
}

/**
 * On a large machine V8 lets its heap grow to a multiple of what lives in it before it collects. A million calls under mixed load: 700 MB
 * after 70 s without this, 428 with it, at 2,300 answers a second without and 1,820 to 2,190 with (one noisy machine). Not from the
 * beginning, where it costs 60 to 130 ms.
 */
function keepHeapSmall(): void {
  setFlagsFromString("--heap-growing-percent=30");
}

/** For this process alone, unless what must not be served twice lies elsewhere: nodes of one PostgreSQL share their keys. */
export function takeDataFolder({ data, database }: Config): { release(): void } {
  if (database === "") return lockDataFolder(data);
  makeDataFolder(data);
  return { release() {} };
}

/** Where everything is kept, for people: without the password. */
export function whereText(config: Config): string {
  const database = databaseShown(config);
  return database === null ? config.data : `${database}, keys in ${config.data}`;
}

function greeting(url: string, config: Config, setupUrl: string | null): string {
  const first =
    setupUrl === null
      ? ""
      : `\nNobody has an account yet. Open this link to create the first one; it works once:\n  ${setupUrl}\n`;
  return `Ringback ${version} is running.

${addressLines(url)}
  Data       ${whereText(config)}
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
  RINGBACK_HOST=0.0.0.0 ringback serve      (behind a proxy with TLS only)
  RINGBACK_DATABASE=postgres://ringback:secret@db/ringback ringback serve`,
  );
}

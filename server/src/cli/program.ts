import { Command, CommanderError } from "commander";
import { addBackup } from "./commands/backup.ts";
import { addCheck } from "./commands/check.ts";
import { addConfig } from "./commands/config.ts";
import { addDemo } from "./commands/demo.ts";
import { addExport } from "./commands/export.ts";
import { addImport } from "./commands/import.ts";
import { addKeys } from "./commands/keys.ts";
import { addKey } from "./commands/key.ts";
import { addServe } from "./commands/serve.ts";
import { addSource } from "./commands/source.ts";
import { addUser } from "./commands/user.ts";
import { addWorkspace } from "./commands/workspace.ts";
import { exitStatusOf, sentenceOf, usageStatus } from "./failure.ts";
import { lineWidth } from "./text.ts";
import { version } from "./version.ts";

/** Adds one command. Its action hands what the process should exit with to `done`; 0 where it does not. */
export type AddCommand = (program: Command, done: (exitStatus: number) => void) => void;

/**
 * Runs the command line and resolves with the exit status; never rejects. What went wrong is one sentence on standard
 * error (for settings, a line for each mistake), with the stack only when RINGBACK_LOG is debug or trace.
 */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  // A reader that has seen enough (`ringback export | head`) is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  let exitStatus = 0;
  const program = createProgram((status) => {
    exitStatus = status;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitStatus;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageStatus;
    process.stderr.write(`ringback: ${sentenceOf(error)}\n`);
    if (/^(debug|trace)$/.test(process.env["RINGBACK_LOG"] ?? "")) console.error(error);
    return exitStatusOf(error);
  }
}

function createProgram(done: (exitStatus: number) => void): Command {
  const program = new Command("ringback")
    .description("A shared call inbox: every call of your phone systems in one live list, with a GraphQL API.")
    .version(version, "-V, --version", "Print the version.")
    .helpOption("-h, --help", "Show this help; after a command, that of the command.")
    .helpCommand(false)
    .showHelpAfterError("Help: ringback --help")
    .configureOutput({
      outputError: (text, write) => write(text.replace(/^error: /, "ringback: ")),
      getOutHelpWidth: () => lineWidth(process.stdout),
      getErrHelpWidth: () => lineWidth(process.stderr),
    })
    .exitOverride();
  for (const [heading, commands] of groups) {
    for (const add of commands) {
      add(program, done);
      program.commands.at(-1)?.helpGroup(heading);
    }
  }
  for (const command of allCommands(program)) {
    command
      .exitOverride()
      .helpCommand(false)
      .helpOption("-h, --help", "Show this help.")
      .showHelpAfterError(`Help: ${commandPath(command)} --help`);
  }
  program.addHelpText(
    "after",
    `
Examples:
  ringback demo                        a year of sample calls, and colleagues at work
  ringback serve                       for real; keeps everything in ./data
  ringback import calls.csv            bring in the calls that you have
  ringback source add "Front desk"     a key for a phone system to send calls with
  ringback serve --help                every setting`,
  );
  return program;
}

const groups: readonly (readonly [string, readonly AddCommand[]])[] = [
  ["Run:", [addServe, addDemo]],
  ["People, programs and phone systems:", [addUser, addKey, addSource, addWorkspace]],
  ["Calls in and out:", [addImport, addExport]],
  ["Care:", [addBackup, addCheck, addConfig, addKeys]],
];

function allCommands(command: Command): readonly Command[] {
  return command.commands.flatMap((child) => [child, ...allCommands(child)]);
}

function commandPath(command: Command): string {
  return command.parent === null ? command.name() : `${commandPath(command.parent)} ${command.name()}`;
}

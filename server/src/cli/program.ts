import { Command, CommanderError } from "commander";
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
  try {
    const program = await createProgram(args[0], (status) => {
      exitStatus = status;
    });
    await program.parseAsync([...args], { from: "user" });
    return exitStatus;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageStatus;
    process.stderr.write(`ringback: ${sentenceOf(error)}\n`);
    if (/^(debug|trace)$/.test(process.env["RINGBACK_LOG"] ?? "")) console.error(error);
    return exitStatusOf(error);
  }
}

/**
 * The whole command line; or, where the first word is a command, that command alone: a server need not load what reads CSV
 * (20 ms of its start).
 */
async function createProgram(word: string | undefined, done: (exitStatus: number) => void): Promise<Command> {
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
  const wanted = commands.filter(({ name }) => name === word);
  for (const { heading, load } of wanted.length === 0 ? commands : wanted) {
    const add = await load();
    add(program, done);
    program.commands.at(-1)?.helpGroup(heading);
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

type LazyCommand = { readonly heading: string; readonly name: string; readonly load: () => Promise<AddCommand> };

/** In the order of the help. */
const commands: readonly LazyCommand[] = [
  { heading: "Run:", name: "serve", load: async () => (await import("./commands/serve.ts")).addServe },
  { heading: "Run:", name: "demo", load: async () => (await import("./commands/demo.ts")).addDemo },
  {
    heading: "People, programs and phone systems:",
    name: "user",
    load: async () => (await import("./commands/user.ts")).addUser,
  },
  {
    heading: "People, programs and phone systems:",
    name: "key",
    load: async () => (await import("./commands/key.ts")).addKey,
  },
  {
    heading: "People, programs and phone systems:",
    name: "source",
    load: async () => (await import("./commands/source.ts")).addSource,
  },
  {
    heading: "People, programs and phone systems:",
    name: "workspace",
    load: async () => (await import("./commands/workspace.ts")).addWorkspace,
  },
  { heading: "Calls in and out:", name: "import", load: async () => (await import("./commands/import.ts")).addImport },
  { heading: "Calls in and out:", name: "export", load: async () => (await import("./commands/export.ts")).addExport },
  {
    heading: "Calls in and out:",
    name: "contacts",
    load: async () => (await import("./commands/contacts.ts")).addContacts,
  },
  { heading: "Care:", name: "backup", load: async () => (await import("./commands/backup.ts")).addBackup },
  { heading: "Care:", name: "restore", load: async () => (await import("./commands/restore.ts")).addRestore },
  { heading: "Care:", name: "copy", load: async () => (await import("./commands/copy.ts")).addCopy },
  { heading: "Care:", name: "check", load: async () => (await import("./commands/check.ts")).addCheck },
  { heading: "Care:", name: "audit", load: async () => (await import("./commands/audit.ts")).addAudit },
  { heading: "Care:", name: "config", load: async () => (await import("./commands/config.ts")).addConfig },
  { heading: "Care:", name: "keys", load: async () => (await import("./commands/keys.ts")).addKeys },
];

function allCommands(command: Command): readonly Command[] {
  return command.commands.flatMap((child) => [child, ...allCommands(child)]);
}

function commandPath(command: Command): string {
  return command.parent === null ? command.name() : `${commandPath(command.parent)} ${command.name()}`;
}

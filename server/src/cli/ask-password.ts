import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { checkCredentials } from "../domain/credentials.ts";
import { DomainError } from "../domain/errors.ts";

const charactersMin = 8;

/**
 * A new password for somebody: asked for twice on a terminal, without showing it; else the first line of standard input.
 * @throws DomainError BAD_USER_INPUT when it is too short or too long, or when the two differ.
 */
export async function readNewPassword(name: string): Promise<string> {
  if (!process.stdin.isTTY) return checked((await text(process.stdin)).replace(/\r?\n[^]*$/, ""));
  const terminal = hiddenLines();
  try {
    const password = checked(await terminal.ask(`New password for ${name}: `));
    if ((await terminal.ask("Once more: ")) === password) return password;
  } finally {
    terminal.close();
  }
  throw new DomainError("BAD_USER_INPUT", "The two passwords are not the same; nothing was changed.");
}

/** Lines typed on the terminal that are not shown. One reader for all, for what is typed ahead belongs to the next question. */
function hiddenLines() {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const lines = reader[Symbol.asyncIterator]();
  // In this mode Ctrl-C comes as a key; it ends the lines.
  reader.once("SIGINT", () => reader.close());
  return {
    async ask(question: string): Promise<string> {
      process.stderr.write(question);
      const { value, done } = await lines.next();
      process.stderr.write("\n");
      if (done !== true) return value;
      throw new DomainError("BAD_USER_INPUT", "No password was given; nothing was changed.");
    },
    close: () => reader.close(),
  };
}

function checked(password: string): string {
  if (password.length < charactersMin) {
    throw new DomainError("BAD_USER_INPUT", `A password needs at least ${charactersMin} characters.`);
  }
  checkCredentials("", password);
  return password;
}

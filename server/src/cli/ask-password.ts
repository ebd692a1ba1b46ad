import { createInterface } from "node:readline/promises";
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
  const password = checked(await askHidden(`New password for ${name}: `));
  if ((await askHidden("Once more: ")) === password) return password;
  throw new DomainError("BAD_USER_INPUT", "The two passwords are not the same; nothing was changed.");
}

async function askHidden(question: string): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const interrupted = new AbortController();
  reader.once("SIGINT", () => interrupted.abort());
  try {
    return await reader.question("", { signal: interrupted.signal });
  } catch (error) {
    throw new DomainError("BAD_USER_INPUT", "No password was given; nothing was changed.", { cause: error });
  } finally {
    reader.close();
    process.stderr.write("\n");
  }
}

function checked(password: string): string {
  if (password.length < charactersMin) {
    throw new DomainError("BAD_USER_INPUT", `A password needs at least ${charactersMin} characters.`);
  }
  checkCredentials("", password);
  return password;
}

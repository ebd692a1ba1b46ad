import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { TestContext } from "node:test";
import { databaseOf, dropDatabaseOf } from "../support/test-database.ts";

export const main = resolve(import.meta.dirname, "../../server/bin/ringback.js");

export type Outcome = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

export type Running = {
  readonly child: ChildProcess;
  /** What was printed so far. */
  printed(): string;
  /** What was printed on standard error so far. */
  complained(): string;
  /** Resolves with the match as soon as standard output (or standard error) has it; rejects when the process ends without. */
  until(pattern: RegExp, stream?: "stdout" | "stderr"): Promise<RegExpExecArray>;
  readonly ended: Promise<Outcome>;
};

type Options = {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: string | Buffer;
};

/** An environment in which no setting of whoever runs the tests is found. */
function environment(env: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const rest = Object.entries(process.env).filter(([name]) => !/^(RINGBACK_|NODE_TEST|NODE_OPTIONS)/.test(name));
  return { ...Object.fromEntries(rest), ...env };
}

/**
 * The settings of a data folder: with a database of its own where tests run on PostgreSQL, which is gone after the test. What is
 * about the file names the folder alone.
 */
export async function settingsOf(t: TestContext, data: string): Promise<Readonly<Record<string, string>>> {
  t.after(() => dropDatabaseOf(data));
  return { RINGBACK_DATA: data, RINGBACK_DATABASE: await databaseOf(data) };
}

/** Starts the real command line. It is killed when the test ends, should it still run then. */
export function start(t: TestContext, args: readonly string[], { env, cwd, input }: Options = {}): Running {
  const child = spawn(process.execPath, [main, ...args], { env: environment(env), cwd, stdio: "pipe" });
  const texts = { stdout: "", stderr: "" };
  const watchers = new Set<() => void>();
  let isOver = false;
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      texts[name] += text;
      for (const watcher of watchers) watcher();
    });
  }
  // A command that fails early does not read its input; that is its right.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const ended = new Promise<Outcome>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => {
      isOver = true;
      for (const watcher of watchers) watcher();
      resolve({ status, ...texts });
    });
  });
  t.after(async () => {
    if (!isOver) child.kill("SIGKILL");
    await ended;
  });
  return {
    child,
    ended,
    printed: () => texts.stdout,
    complained: () => texts.stderr,
    until: (pattern, stream = "stdout") =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(texts[stream]);
          if (match === null && !isOver) return;
          watchers.delete(look);
          if (match === null) reject(new Error(`ended without ${String(pattern)}:\n${texts.stdout}${texts.stderr}`));
          else resolve(match);
        };
        watchers.add(look);
        look();
      }),
  };
}

/** Runs the real command line to its end. */
export async function run(t: TestContext, args: readonly string[], options: Options = {}): Promise<Outcome> {
  return start(t, args, options).ended;
}

/** A folder that is gone after the test. */
export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "ringback-cli-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The address that a server has printed. */
export async function addressOf(server: Running): Promise<string> {
  const [, url = ""] = await server.until(/Open\s+(http:\S+)[^]*Ctrl-C\./);
  return url;
}

/** POSTs a GraphQL request. */
export async function graphql(url: string, query: string, token?: string): Promise<GraphqlResult> {
  const answer = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query }),
  });
  return (await answer.json()) as GraphqlResult;
}

export type GraphqlResult = {
  // oxlint-disable-next-line typescript/no-explicit-any -- assertions take answers apart and say what they expect
  readonly data?: any;
  readonly errors?: readonly { readonly message: string }[];
};

/** Signs in; the access token, or null when the answer was Unauthorized. */
export async function signIn(url: string, username: string, password: string): Promise<string | null> {
  const input = `{ username: ${JSON.stringify(username)}, password: ${JSON.stringify(password)} }`;
  const { data, errors } = await graphql(url, `mutation { login(input: ${input}) { access_token } }`);
  if (errors?.[0]?.message === "Unauthorized") return null;
  return String(data.login.access_token);
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Parts } from "../../parts.ts";
import { type Config, type SettingName, settingNames, type SettingOrigin } from "../../config.ts";
import { DomainError } from "../../domain/errors.ts";
import { firstWorkspaceId } from "../../domain/workspace.ts";
import { createLiveCalls, generateCalls } from "../demo/calls.ts";
import { colleagueNames, type Colleagues, startColleagues } from "../demo/colleagues.ts";
import { generateContacts } from "../demo/contacts.ts";
import { createRandom } from "../demo/random.ts";
import { createDemoPhones, demoSource, hireColleagues } from "../demo/seed.ts";
import { sentenceOf } from "../failure.ts";
import type { AddCommand } from "../program.ts";
import { addSettingFlags, configOf } from "../settings-flags.ts";
import { listenForStop } from "../stop-signal.ts";
import { countText } from "../text.ts";
import { addressLines, takeDataFolder, whereText } from "./serve.ts";

/** Enough for every page, filter and chart to show something, and few enough to be there at once. */
const callCount = 6_400;
const contactCount = 200;
const seed = 2_107;

export const addDemo: AddCommand = (program) => {
  const command = program
    .command("demo")
    .summary("Show it: a year of sample calls, and colleagues at work.")
    .description(
      "Runs the server with a year of sample calls, and with colleagues at work: calls, notes and archiving every few seconds. Any name and password signs in, so it listens on this machine alone. Everything is gone when it ends, unless a data folder or a database is named.",
    )
    .action(async () => {
      const { config, origins } = await configOf(command);
      await demo(config, origins);
    });
  addSettingFlags(command, settingNames, { data: "one that is removed at the end" });
  command.addHelpText(
    "after",
    `
Examples:
  ringback demo
  ringback demo --port 0              on a free port
  ringback demo --data ./demo-data    keep it for the next time`,
  );
};

async function demo(given: Config, origins: Readonly<Record<SettingName, SettingOrigin>>): Promise<void> {
  refuseBeyondLoopback(given.host);
  const stop = listenForStop();
  const isLasting = origins.data !== "default";
  const folder = isLasting ? given.data : mkdtempSync(join(tmpdir(), "ringback-demo-"));
  // Also when a second signal ends the process at once.
  if (!isLasting) process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const config = demoConfig({ ...given, data: folder }, origins);
  const lock = takeDataFolder(config);
  try {
    await runDemo(config, isLasting || config.database !== "", stop.stopped);
  } finally {
    lock.release();
    stop.release();
  }
}

async function runDemo(config: Config, isLasting: boolean, stopped: Promise<unknown>): Promise<void> {
  const [{ openParts }, { startApp }] = await Promise.all([import("../../parts.ts"), import("../../app.ts")]);
  const shape = { seed, utcOffsetMinutes: -new Date().getTimezoneOffset() };
  const parts = await openParts(config);
  // Before anybody is let in: the folder may turn out to be no demo's.
  const source = await seedDemo(parts, shape);
  const app = await startApp({ ...config, signInsPerNetwork: 100_000 }, { anyPassword: true });
  let colleagues: Colleagues | null = null;
  try {
    const { totalCount } = await app.storage.calls.page(firstWorkspaceId, 0, 0);
    process.stdout.write(greeting(app.url, totalCount, isLasting ? whereText(config) : null));
    const phones = createDemoPhones(app.intake, parts.readCall, source);
    const live = createLiveCalls({ ...shape, seed: Date.now() % 1e9 });
    colleagues = startColleagues({
      inbox: app.inbox,
      people: await hireColleagues(app.storage, app.passwords),
      nextCall: () => live.next(Date.now()),
      logCall: async (call) => phones([call]),
      random: createRandom(Date.now() % 1e9),
      wait: async (ms, signal) => sleep(ms, undefined, { signal }).catch(() => {}),
      report: (error) => process.stderr.write(`ringback: ${sentenceOf(error)}\n`),
    });
    await stopped;
    process.stdout.write("\nStopping.\n");
  } finally {
    await colleagues?.stop();
    await app.close();
  }
}

/** Closes the parts whatever happens. */
async function seedDemo(parts: Parts, shape: { readonly seed: number; readonly utcOffsetMinutes: number }) {
  try {
    const source = await demoSource(parts.storage);
    const { totalCount } = await parts.storage.calls.page(firstWorkspaceId, 0, 0);
    if (totalCount === 0) {
      const phones = createDemoPhones(parts.intake, parts.readCall, source);
      const calls = generateCalls({ ...shape, nowMs: Date.now(), count: callCount });
      await phones(calls);
      await parts.storage.contacts.import(
        { workspaceId: firstWorkspaceId, actor: { kind: "source", id: source.id }, atMs: Date.now() },
        generateContacts(calls, contactCount, shape.seed),
      );
    }
    return source;
  } finally {
    await parts.close();
  }
}

/** What suits a demo, for all that nobody has set: pages of other ports may call it, and the schema is there to be read. */
function demoConfig(config: Config, origins: Readonly<Record<SettingName, SettingOrigin>>): Config {
  return {
    ...config,
    ...(origins.origins === "default" && { origins: ["loopback"] }),
    ...(origins.introspection === "default" && { introspection: "open" as const }),
    ...(origins.logLevel === "default" && { logLevel: "warn" as const }),
  };
}

function refuseBeyondLoopback(host: string): void {
  if (host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host)) return;
  throw new DomainError(
    "BAD_CONFIGURATION",
    `The demo lets everybody in, so it only listens on this machine (127.0.0.1, ::1, localhost), not on ${host}.`,
  );
}

function greeting(url: string, callCount: number, folder: string | null): string {
  const json = "-H 'content-type: application/json'";
  return `Ringback is here, with ${countText(callCount)} sample calls and ${colleagueNames.length} colleagues at work.

${addressLines(url)}
  Sign in    with any name and any password, more than one if you like
  Data       ${folder ?? "temporary, gone when this ends"}

A first query:

  TOKEN=$(curl -s ${url}/graphql ${json} \\
    -d '{"query":"mutation { login(input: {username: \\"ada\\", password: \\"demo\\"}) { access_token } }"}' |
    sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
  curl -s ${url}/graphql ${json} -H "authorization: Bearer $TOKEN" \\
    -d '{"query":"{ paginatedCalls(limit: 2) { totalCount nodes { from to call_type notes { content } } } }"}'

New calls, notes and archiving come every few seconds. Stop with Ctrl-C.
`;
}

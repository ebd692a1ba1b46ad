import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const configuration = join(import.meta.dirname, "../../docs/sources/kamailio/kamailio.cfg");

const scenarios = join(import.meta.dirname, "sipp");

/** Debian keeps Kamailio out of the path of ordinary users. */
const environment = { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/usr/local/sbin` };

/** Why real calls cannot be placed on this machine, or null when they can. */
export function whatIsMissing(): string | null {
  const hasSipp = spawnSync("sipp", ["-v"], { env: environment }).error === undefined;
  if (!hasSipp) return "sipp is not installed (Debian: sip-tester)";
  const check = spawnSync("kamailio", ["-c", "-f", configuration], { env: environment, encoding: "utf8" });
  if (check.error !== undefined) return "Kamailio is not installed (Debian: kamailio)";
  return /could not find module/i.test(check.stderr)
    ? "modules of Kamailio are not installed (Debian: kamailio-utils-modules, kamailio-extra-modules)"
    : null;
}

export type SipNetwork = {
  /** Resolves with the first line of Kamailio's log from now on that matches. */
  logged(pattern: RegExp): Promise<string>;
  /** Places calls with a scenario of `sipp/`, and resolves when all of them have ended as it says. */
  place(scenario: string, call: PlacedCall): Promise<void>;
  /** Ends every process that was started. */
  close(): Promise<void>;
};

export type PlacedCall = {
  readonly from: string;
  readonly to: string;
  /** How long the caller talks, or lets it ring before giving up. */
  readonly pauseMs: number;
  readonly count?: number;
  readonly perSecond?: number;
};

/**
 * Kamailio with the shipped configuration between a caller and phones, trunk and voicemail, all on loopback and on free ports.
 * What is called answers after `ringMs`.
 */
export async function startSipNetwork({
  ringbackUrl,
  key,
  ringMs,
}: {
  readonly ringbackUrl: string;
  readonly key: string;
  readonly ringMs: number;
}): Promise<SipNetwork> {
  const folder = await mkdtemp(join(tmpdir(), "ringback-sip-"));
  const [proxy = 0, phones = 0, voicemail = 0] = await freeUdpPorts(3);
  const running = new Set<ChildProcess>();
  const listeners = new Set<(line: string) => void>();

  const define = (name: string, value: string) => ["-A", `${name}=${value}`];
  const kamailio = run("kamailio", [
    "-DD",
    "-E",
    "-f",
    configuration,
    "-Y",
    folder,
    "-w",
    folder,
    ...define("LISTEN", `udp:127.0.0.1:${proxy}`),
    ...define("RINGBACK_URL", `"${ringbackUrl}"`),
    ...define("RINGBACK_KEY", `"${key}"`),
    ...define("PHONES", `"127.0.0.1:${phones}"`),
    ...define("TRUNK", `"127.0.0.1:${phones}"`),
    ...define("VOICEMAIL", `"127.0.0.1:${voicemail}"`),
  ]);
  let rest = "";
  kamailio.stderr?.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) for (const listener of listeners) listener(line);
  });
  callee("callee", phones);
  callee("voicemail", voicemail);
  await answersOptions(proxy);

  return {
    logged: (pattern) =>
      new Promise((resolve) => {
        listeners.add(function listen(line) {
          if (!pattern.test(line)) return;
          listeners.delete(listen);
          resolve(line);
        });
      }),

    async place(scenario, { from, to, pauseMs, count = 1, perSecond = 10 }) {
      const [port = 0] = await freeUdpPorts(1);
      const errors = join(folder, `${scenario}-${port}.log`);
      const caller = run("sipp", [
        `127.0.0.1:${proxy}`,
        "-nostdin",
        "-timeout_error",
        "-trace_err",
        ...options({ sf: join(scenarios, `${scenario}.xml`), i: "127.0.0.1", p: port, s: to, d: pauseMs }),
        ...options({ m: count, r: perSecond, timeout: "30s", error_file: errors }),
        "-key",
        "caller",
        from,
      ]);
      const [status] = (await once(caller, "exit")) as [number | null];
      if (status === 0) return;
      const report = await readFile(errors, "utf8").catch(() => "");
      throw new Error(`sipp ended with ${status} in the scenario ${scenario}: ${report}`);
    },

    async close() {
      const ended = [...running].map((child) => once(child, "exit"));
      // Kamailio is a family of processes that its first one ends; sipp would wait for calls that no longer end.
      for (const child of running) child.kill(child === kamailio ? "SIGTERM" : "SIGKILL");
      await Promise.all(ended);
      await rm(folder, { recursive: true, force: true });
    },
  };

  function run(program: string, args: readonly string[]): ChildProcess {
    const child = spawn(program, args, { env: environment, stdio: ["ignore", "ignore", "pipe"] });
    running.add(child);
    child.once("exit", () => running.delete(child));
    if (program === "sipp") child.stderr?.resume();
    return child;
  }

  function callee(scenario: string, port: number): void {
    run("sipp", [
      "-nostdin",
      ...options({ sf: join(scenarios, `${scenario}.xml`), i: "127.0.0.1", p: port, d: ringMs }),
    ]);
  }
}

/** Options with one value each, spelled as sipp takes them. */
function options(values: Readonly<Record<string, string | number>>): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) => [`-${name}`, String(value)]);
}

/** Resolves once the proxy answers; asked again as over any UDP, where the first question may come before it listens. */
async function answersOptions(port: number): Promise<void> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const from = `127.0.0.1:${socket.address().port}`;
  const request = [
    `OPTIONS sip:127.0.0.1:${port} SIP/2.0`,
    `Via: SIP/2.0/UDP ${from};branch=z9hG4bKready`,
    `From: <sip:test@${from}>;tag=ready`,
    `To: <sip:127.0.0.1:${port}>`,
    `Call-ID: ready@${from}`,
    "CSeq: 1 OPTIONS",
    "Max-Forwards: 70",
    "Content-Length: 0",
  ];
  const ask = () => socket.send(`${request.join("\r\n")}\r\n\r\n`, port, "127.0.0.1");
  const again = setInterval(ask, 100);
  ask();
  try {
    await once(socket, "message", { signal: AbortSignal.timeout(15_000) });
  } finally {
    clearInterval(again);
    socket.close();
  }
}

async function freeUdpPorts(count: number): Promise<readonly number[]> {
  const sockets = Array.from({ length: count }, () => createSocket("udp4"));
  const ports = await Promise.all(
    sockets.map(async (socket) => {
      socket.bind(0, "127.0.0.1");
      await once(socket, "listening");
      return socket.address().port;
    }),
  );
  for (const socket of sockets) socket.close();
  return ports;
}

import { readdirSync, readFileSync } from "node:fs";

/** What processes have used so far: CPU seconds (user and system, all threads) and resident bytes now. */
export type Usage = { readonly cpuSeconds: number; readonly rssBytes: number };

// USER_HZ is 100 on every Linux that Node.js runs on; the kernel converts whatever it counts in.
const ticksPerSecond = 100;

/**
 * What these processes and all their descendants use, from /proc, or null where there is none (other systems). A process that
 * has gone counts as nothing.
 */
export function usageOf(roots: readonly number[]): Usage | null {
  const stats = processStats();
  if (stats === null) return null;
  const wanted = new Set(roots);
  // A child may stand before its parent in the listing: repeat until no more are found.
  for (let before = 0; before !== wanted.size;) {
    before = wanted.size;
    for (const { pid, parent } of stats) if (wanted.has(parent)) wanted.add(pid);
  }
  const mine = stats.filter(({ pid }) => wanted.has(pid));
  return {
    cpuSeconds: mine.reduce((sum, { ticks }) => sum + ticks, 0) / ticksPerSecond,
    rssBytes: mine.reduce((sum, { pid }) => sum + rssBytes(pid), 0),
  };
}

/** CPU seconds that a core has been busy since the machine started, or null where /proc does not tell. */
export function busySecondsOf(core: number): number | null {
  const line = read("/proc/stat")
    ?.split("\n")
    .find((text) => text.startsWith(`cpu${core} `));
  if (line === undefined) return null;
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = line.split(/\s+/).slice(1).map(Number);
  return (user + nice + system + irq + softirq) / ticksPerSecond;
}

function processStats(): { pid: number; parent: number; ticks: number }[] | null {
  let names: string[];
  try {
    names = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return null;
  }
  return names.flatMap((name) => {
    const text = read(`/proc/${name}/stat`);
    if (text === null) return [];
    // proc(5): the name in brackets may hold spaces, so count from the last bracket: state, ppid, … utime is 12th, stime 13th.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return [{ pid: Number(name), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
  });
}

/**
 * Resident memory less the mapped pages of database files and less memory shared between processes (PostgreSQL's buffers): both
 * are caches of the file, and would make a program that maps its file look larger than one that reads it.
 */
function rssBytes(pid: number): number {
  const status = read(`/proc/${pid}/status`) ?? "";
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? 0);
  const mapped = /^[0-9a-f]+-[0-9a-f]+ .*\.sqlite\S*\n(?:[A-Z].*\n)*?Rss:\s+(\d+) kB/gm;
  const database = [...(read(`/proc/${pid}/smaps`) ?? "").matchAll(mapped)];
  const shared = kilobytes("RssShmem");
  return database.reduce((left, match) => left - Number(match[1]), kilobytes("VmRSS") - shared) * 1_024;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

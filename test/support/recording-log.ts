import type { Log } from "../../server/src/log.ts";

export type LogLine = { readonly level: string; readonly fields: unknown; readonly message: string | undefined };

/** A log that keeps what is written to it. */
export function createRecordingLog(): Log & { readonly lines: readonly LogLine[] } {
  const lines: LogLine[] = [];
  const write = (level: string) => (fields: unknown, message?: string) => void lines.push({ level, fields, message });
  const log = {
    lines,
    trace: write("trace"),
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    fatal: write("fatal"),
    child: () => log,
  };
  return log;
}

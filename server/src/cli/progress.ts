/** Tells a person how far a long command is. */
export type Progress = {
  /** @param done in the unit of `total`. @param note what to say beside it, such as "12,000 lines". */
  update(done: number, note: string): void;
  /** Removes the bar, so that something else can be printed; the next update draws it again. */
  clear(): void;
};

type Output = Pick<NodeJS.WriteStream, "write"> & { readonly isTTY?: boolean; readonly columns?: number };

/**
 * On a terminal a bar that is redrawn in place, ten times a second at most; elsewhere (a log, a pipe) a plain line at a
 * quarter, half and three quarters. Without a known `total`, a count alone, and elsewhere a line each time it has doubled.
 */
export function createProgress(output: Output, label: string, total: number | null, now = Date.now): Progress {
  let drawnAtMs = 0;
  let isDrawn = false;
  let nextMark = total === null ? 10_000 : 0.25;
  const line = (done: number, note: string) =>
    total === null ? `${label}: ${note}` : `${label}: ${Math.floor(share(done, total) * 100)} %, ${note}`;

  function draw(done: number, note: string): void {
    if (now() - drawnAtMs < 100) return;
    drawnAtMs = now();
    isDrawn = true;
    const room = Math.max(20, (output.columns ?? 80) - 1);
    const text = total === null ? line(done, note) : `${bar(share(done, total))} ${line(done, note)}`;
    output.write(`\r\u001b[2K${text.slice(0, room)}`);
  }

  function log(done: number, note: string): void {
    const reached = total === null ? done : share(done, total);
    if (reached < nextMark || (total !== null && nextMark >= 1)) return;
    while (nextMark <= reached) nextMark = total === null ? nextMark * 2 : nextMark + 0.25;
    if (total === null || reached < 1) output.write(`${line(done, note)}\n`);
  }

  return {
    update: output.isTTY === true ? draw : log,
    clear() {
      if (isDrawn) output.write("\r\u001b[2K");
      isDrawn = false;
      drawnAtMs = 0;
    },
  };
}

function share(done: number, total: number): number {
  return total === 0 ? 1 : Math.min(done / total, 1);
}

function bar(share: number): string {
  const width = 24;
  const full = Math.round(share * width);
  return `[${"#".repeat(full)}${"-".repeat(width - full)}]`;
}

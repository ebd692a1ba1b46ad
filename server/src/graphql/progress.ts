/** When to tell a subscriber how far the log was followed although it was shown nothing. */
export type Progress = {
  /** A change went by that is not shown: `tell` is called with the last such revision within `withinMs`. */
  passed(revision: number): void;
  /** What has gone by is known, or nobody wants to know any more. */
  told(): void;
};

export function createProgress(withinMs: number, tell: (revision: number) => void): Progress {
  let timer: NodeJS.Timeout | null = null;
  let passed = 0;
  return {
    passed(revision) {
      passed = revision;
      timer ??= setTimeout(() => {
        timer = null;
        tell(passed);
      }, withinMs).unref();
    },
    told() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}

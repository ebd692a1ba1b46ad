import type { OpenElsewhere } from "./open-elsewhere.ts";

/** How many connections of one kind are open under each key, against a limit that all nodes keep together. */
export type OpenCounts = {
  /** Whether there may be no more, by what other nodes said last. */
  isFull(key: string): boolean;
  enter(key: string): void;
  leave(key: string): void;
};

/** Below this part of its limit a count is not worth telling other nodes of: the most that each of them lets in beyond it. */
const toldFrom = 0.1;

/** @param settings.kind names it among nodes: one word. */
export function createOpenCounts({
  kind,
  max,
  elsewhere,
}: {
  readonly kind: string;
  readonly max: number;
  readonly elsewhere: OpenElsewhere | null;
}): OpenCounts {
  const counts = new Map<string, number>();
  elsewhere?.tell(function* () {
    for (const [key, count] of counts) if (count >= max * toldFrom) yield [`${kind} ${key}`, count];
  });
  return {
    isFull: (key) => (counts.get(key) ?? 0) + (elsewhere?.count(`${kind} ${key}`) ?? 0) >= max,
    enter: (key) => void counts.set(key, (counts.get(key) ?? 0) + 1),
    leave(key) {
      const left = (counts.get(key) ?? 0) - 1;
      if (left > 0) counts.set(key, left);
      else counts.delete(key);
    },
  };
}

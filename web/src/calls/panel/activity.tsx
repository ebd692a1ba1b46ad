import { useState } from "react";
import { type PastChange, sentenceOf } from "../../lib/history-text.ts";
import { Button } from "../../ui/button.tsx";
import { Skeleton, Waiting } from "../../ui/states.tsx";
import { Age } from "./age.tsx";
import { PartFailure, Section } from "./section.tsx";
import { useHistory } from "./use-details.ts";
import type { HistoryEntryFragment } from "../../api/panel.gen.ts";

const stepCount = 10;
/** As many as the server gives at a time. */
const countMax = 100;

/** What happened to the call, newest first, in plain sentences. */
export function Activity({ id, revision, myId }: { id: string; revision: number; myId: string | null }) {
  const [first, setFirst] = useState(stepCount);
  const { history, hasFailed, again } = useHistory(id, revision, first);
  return (
    <Section title="Activity">
      {history === null &&
        (hasFailed ? (
          <PartFailure what="What happened to the call" onRetry={again} />
        ) : (
          <Waiting what="the activity">
            <Skeleton className="h-4 w-56" />
          </Waiting>
        ))}
      <ol aria-label="Activity, newest first" className="flex flex-col gap-2">
        {history?.nodes.map((change) => (
          <li key={change.cursor} className="flex items-baseline justify-between gap-3 text-base">
            <span className="min-w-0 break-words text-soft">{sentenceOf(pastChangeOf(change), myId)}</span>
            <Age at={change.at} className="tabular shrink-0 text-sm text-quiet" />
          </li>
        ))}
      </ol>
      {history?.hasNextPage === true && first < countMax && (
        <Button look="quiet" size="sm" className="mt-2 -ml-2" onClick={() => setFirst(countMax)}>
          Show older
        </Button>
      )}
    </Section>
  );
}

/** A change of the history as `sentenceOf` tells it. */
export function pastChangeOf({ call, assigneeBefore, ...rest }: HistoryEntryFragment): PastChange {
  return { ...rest, assignee: call.assignee?.username ?? null, assigneeBefore: assigneeBefore?.username ?? null };
}

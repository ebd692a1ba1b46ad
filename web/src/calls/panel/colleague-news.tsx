import { useEffect } from "react";
import { client } from "../../api/client.ts";
import { live } from "../../api/live.ts";
import { CallHistoryDocument } from "../../api/panel.gen.ts";
import { type PastChange, sentenceOf } from "../../lib/history-text.ts";
import { createStore } from "../../lib/store.ts";
import { announceNews } from "../../ui/announce.tsx";
import { Button } from "../../ui/button.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { useStore } from "../../ui/use-store.ts";
import { undoChange } from "../note-actions.ts";
import { pastChangeOf } from "./activity.tsx";
import { Age } from "./age.tsx";

type News = { readonly callId: string; readonly at: string; readonly revision: number; readonly change: PastChange };

const news = createStore<News | null>(null);

/** What a colleague has just done to the call that is open, with a way to take it back for who may. */
export function ColleagueNews({
  callId,
  myId,
  canWrite,
}: {
  readonly callId: string;
  readonly myId: string | null;
  readonly canWrite: boolean;
}) {
  const shown = useStore(news);
  useEffect(() => {
    const stop = live.onChange(({ call, kind, at, revision, actor }) => {
      if (call.id !== callId || actor.id === myId || actor.kind !== "USER" || kind === "CALL_DELETED") return;
      const change = {
        kind,
        actor,
        tag: null,
        assignee: call.assignee?.username ?? null,
        assigneeBefore: null,
        undoes: null,
      };
      news.set({ callId, at, revision, change });
      announceNews(sentenceOf(change, myId));
    });
    return () => {
      stop();
      news.set(null);
    };
  }, [callId, myId]);
  if (shown === null || shown.callId !== callId) return null;
  const undo = async () => {
    news.set(null);
    const failure = await undoChange(shown.revision);
    showToast(
      failure === null ? { text: "Undone" } : { text: `It could not be undone: ${failure.message}`, isProblem: true },
    );
  };
  return (
    <div className="mx-5 mb-3 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md bg-warn-ground py-1.5 pr-1.5 pl-3 text-base text-warn">
      <p className="min-w-0 flex-1">
        {sentenceOf(shown.change, myId)} <Age at={shown.at} className="tabular" />
      </p>
      <span className="flex gap-1">
        {canWrite && (
          <Button look="quiet" size="sm" className="text-warn" onClick={() => void undo()}>
            Undo it
          </Button>
        )}
        <Button look="quiet" size="sm" className="text-warn" onClick={() => news.set(null)}>
          {canWrite ? "Keep" : "Dismiss"}
        </Button>
      </span>
    </div>
  );
}

/** Shows who was faster with archiving or restoring the call. */
export async function tellWhoWasFaster(callId: string): Promise<void> {
  const { data } = await client
    .query(CallHistoryDocument, { id: Number(callId), first: 10 }, { requestPolicy: "network-only" })
    .toPromise();
  const change = data?.call?.history.nodes.find(({ kind }) => kind === "CALL_ARCHIVED" || kind === "CALL_UNARCHIVED");
  if (change !== undefined)
    news.set({ callId, at: change.at, revision: change.revision, change: pastChangeOf(change) });
}

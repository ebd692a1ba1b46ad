import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useRef } from "react";
import { CallGrid } from "../../calls/call-grid.tsx";
import { loadMore, reload, showArrived } from "../../calls/call-list.ts";
import { CallPanel } from "../../calls/call-panel.tsx";
import { FirstRun } from "../../calls/first-run.tsx";
import { useCalls } from "../../calls/use-calls.ts";
import { countOf } from "../../lib/format.ts";
import { type ViewName, views } from "../../lib/views.ts";
import { announceNews } from "../../ui/announce.tsx";
import { Empty, Failure, Skeleton, Waiting } from "../../ui/states.tsx";
import { PageHeader } from "../shell/page-header.tsx";

/** A view of the calls: the list, and beside it the call that is open. */
export function InboxPage() {
  const { view } = useParams({ from: "/shell/$view" });
  const { call: openId } = useSearch({ from: "/shell/$view" });
  const navigate = useNavigate();
  const { calls, status, failure, hasMore, arrivedCount } = useCalls(view);
  const isAtTop = useRef(true);

  const onOpen = useCallback(
    (id: string) =>
      void navigate({ to: "/$view", params: { view }, search: { call: id }, replace: openId !== undefined }),
    [navigate, view, openId],
  );
  const onClose = () => {
    void navigate({ to: "/$view", params: { view } });
    // Back to the row that was open.
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-call="${openId}"]`)?.focus());
  };
  const onMore = useCallback(() => void loadMore(view), [view]);
  const onTop = useCallback((isNow: boolean) => (isAtTop.current = isNow), []);

  useEffect(() => {
    if (arrivedCount === 0) return;
    announceNews(countOf(arrivedCount, "new call"));
    if (isAtTop.current) showArrived();
  }, [arrivedCount]);

  return (
    <div className="flex min-h-0 flex-1">
      <div className="relative flex min-h-0 min-w-0 flex-1 flex-col">
        <PageHeader title={views[view].label} />
        {arrivedCount > 0 && (
          <button
            type="button"
            onClick={() => {
              showArrived();
              document.querySelector("[role=grid]")?.parentElement?.scrollTo({ top: 0 });
            }}
            className="absolute top-24 left-1/2 z-20 h-8 -translate-x-1/2 animate-appear rounded-full bg-accent px-4 text-sm font-semibold text-on-accent shadow-raised hover:bg-accent-hover"
          >
            {countOf(arrivedCount, "new call")}
          </button>
        )}
        {status === "failed" && failure !== null ? (
          <Failure title="The calls could not be fetched" failure={failure} onRetry={() => void reload(view)} />
        ) : status === "loading" ? (
          <LoadingRows />
        ) : calls.length === 0 ? (
          <FirstRun>
            <NoCalls view={view} />
          </FirstRun>
        ) : (
          <CallGrid
            key={view}
            label={views[view].label}
            calls={calls}
            hasMore={hasMore}
            openId={openId}
            onOpen={onOpen}
            onMore={onMore}
            onTop={onTop}
          />
        )}
      </div>
      {openId !== undefined && <CallPanel id={openId} onClose={onClose} />}
    </div>
  );
}

function NoCalls({ view }: { view: ViewName }) {
  if (view === "archived") return <Empty icon="archive" title="Nothing is archived" />;
  if (view === "mine") return <Empty icon="person" title="No call is yours to take care of" />;
  if (view === "all")
    return (
      <Empty icon="inbox" title="No calls yet">
        They appear here as they come in.
      </Empty>
    );
  return (
    <Empty icon="check" title="All handled">
      New calls appear here as they come in.
    </Empty>
  );
}

function LoadingRows() {
  return (
    <Waiting what="calls">
      {Array.from({ length: 12 }, (_, row) => (
        // oxlint-disable-next-line react/no-array-index-key -- they are all alike
        <div key={row} className="flex h-11 items-center gap-3 border-b border-line px-4">
          <Skeleton className="h-3.5 w-24" />
          <Skeleton className="h-3.5 w-40" />
          <span className="flex-1" />
          <Skeleton className="h-3.5 w-10" />
        </div>
      ))}
    </Waiting>
  );
}

import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { CallRowFragment } from "../../api/calls.gen.ts";
import { RequestFailure } from "../../api/post.ts";
import { AskDialogs } from "../../calls/ask-dialogs.tsx";
import { askAssignee, askTag } from "../../calls/asking.ts";
import { BulkBar } from "../../calls/bulk-bar.tsx";
import type { About, Target } from "../../calls/bulk.ts";
import { setArchived, targetOf } from "../../calls/call-actions.ts";
import { CallGrid } from "../../calls/call-grid.tsx";
import { type CallField, wantField } from "../../calls/field-wanted.ts";
import { allTargets, filterOfList, type ListKey, showArrived } from "../../calls/call-list.ts";
import { FirstRun } from "../../calls/first-run.tsx";
import { paging } from "../../calls/paging.ts";
import { useCanWrite } from "../../calls/rights.ts";
import { readMatching, toggleUnread } from "../../calls/unread.ts";
import { useTotal } from "../../calls/use-calls.ts";
import { useMe } from "../../calls/people.ts";
import { beginSelection, clearSelection, selection } from "../../calls/selection.ts";
import {
  asQueryOfAll,
  type CallQuery,
  filterOfIds,
  isEmptyQuery,
  type QueryField,
  queryFromText,
  queryOf,
  queryText,
} from "../../lib/call-query.ts";
import { classNames } from "../../lib/class-names.ts";
import { countOf } from "../../lib/format.ts";
import { pageCountOf, pageOf } from "../../lib/pages.ts";
import { isDay } from "../../lib/zoned-days.ts";
import { type ViewName, views } from "../../lib/views.ts";
import { announceNews } from "../../ui/announce.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { fetchParts, lazyPart } from "../../ui/lazy-part.tsx";
import { Empty, Failure, Retry, Skeleton, Waiting } from "../../ui/states.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { Tooltip } from "../../ui/tooltip.tsx";
import { usePainted } from "../../ui/use-after-paint.ts";
import { useIsPhone } from "../../ui/use-is-phone.ts";
import { useKeys } from "../../ui/use-keys.ts";
import { useStore } from "../../ui/use-store.ts";
import { PageHeader } from "../shell/page-header.tsx";
import { useSavedViews } from "../shell/saved-views.tsx";
import { FilterChips } from "./filter-chips.tsx";
import { DayStrip } from "./day-strip.tsx";
import { FilterDialog } from "./filter-dialog.tsx";
import { JumpDialog } from "./jump-dialog.tsx";
import { Pager } from "./pager.tsx";
import { SaveViewDialog } from "./save-view-dialog.tsx";
import { SearchBox } from "./search-box.tsx";
import { useJump } from "./use-jump.ts";
import { useList } from "./use-list.ts";
import { folding, ViewOptions } from "./view-options.tsx";

const ExportDialog = lazyPart(async () => (await import("./export-dialog.tsx")).ExportDialog);
const CallPanel = lazyPart(async () => (await import("../../calls/call-panel.tsx")).CallPanel);

/** A view of the calls: the list, and beside it the call that is open. */
export function InboxPage() {
  const { view } = useParams({ from: "/shell/$view" });
  const search = useSearch({ from: "/shell/$view" });
  const { call: openId, saved } = search;
  const navigate = useNavigate();
  const me = useMe()?.id ?? "";
  const text = queryText(search);
  const query = useMemo(() => queryFromText(text), [text]);
  const isPaged = useStore(paging) === "pages" || search.page !== undefined;
  const page = isPaged ? pageOf(search.page) : null;
  const at = !isPaged && isDay(search.at) ? search.at : undefined;
  const key = useMemo((): ListKey => ({ view, query, me, at }), [view, query, me, at]);
  const { calls, status, failure, hasMore, canFetch, arrivedCount, onMore, onRetry, pages } = useList(key, page);
  const savedView = useSavedViews().find(({ id }) => id === saved);
  const [dialog, setDialog] = useState<"filter" | "save" | "jump" | "export" | "export selected" | null>(null);
  const isAtTop = useRef(true);
  const focusOwed = useRef(false);
  const title = savedView?.name ?? views[view].label;

  const isPhone = useIsPhone();
  // The panel lies over the list for the one frame in which it comes: to lay out and paint all rows anew takes longer than the panel.
  const hasRoom = usePainted(openId !== undefined);
  const isOpen = useRef(false);
  useEffect(() => {
    isOpen.current = openId !== undefined;
  }, [openId]);
  // The same one whatever is open: every row of the list has it.
  const onOpen = useCallback(
    (id: string) =>
      void navigate({
        to: "/$view",
        params: { view },
        search: (before) => ({ ...before, call: id }),
        replace: isOpen.current,
      }),
    [navigate, view],
  );
  const onClose = () => {
    void navigate({ to: "/$view", params: { view }, search: closed(search) });
    // Back to the row that was open.
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-call="${openId}"]`)?.focus());
  };
  const setQuery = useCallback(
    (next: CallQuery) =>
      void navigate({
        to: "/$view",
        params: { view },
        search: ({ call, saved: name }) => ({
          ...queryOf(next),
          ...(call === undefined ? {} : { call }),
          ...(name === undefined ? {} : { saved: name }),
        }),
        replace: true,
      }),
    [navigate, view],
  );
  const remove = (field: QueryField) => setQuery(queryOf({ ...query, [field]: undefined }));
  const goTo = useCallback(
    (place: { readonly at?: string; readonly page?: string }) =>
      void navigate({
        to: "/$view",
        params: { view },
        search: ({ at: _at, page: _page, ...before }) => ({ ...before, ...place }),
      }),
    [navigate, view],
  );
  const { jumpTo, onNewerDay, onNewest } = useJump({
    key,
    isPaged,
    place: { at, page: search.page },
    isReady: status === "ready",
    goTo,
  });
  const onTop = useCallback((isNow: boolean) => (isAtTop.current = isNow), []);

  useEffect(() => {
    if (arrivedCount === 0) return;
    announceNews(countOf(arrivedCount, "new call"));
    if (isAtTop.current) showArrived(key);
  }, [arrivedCount, key]);
  // What is not drawn at first is fetched when the list is to be seen.
  useEffect(() => {
    if (status !== "ready") return;
    const timer = setTimeout(fetchParts, 200);
    return () => clearTimeout(timer);
  }, [status]);
  useEffect(() => beginSelection(`${view}?${text}`), [view, text]);
  const isEmpty = status === "ready" && calls.length === 0;
  useEffect(() => {
    if (isEmpty) focusOwed.current = false;
  }, [isEmpty]);
  useKeys([
    { keys: "f", label: "Filter", scope: "List", run: () => setDialog("filter") },
    { keys: "g d", label: "Go to a day", scope: "Go to", run: () => setDialog("jump") },
  ]);

  const actions = useActions(key, calls);
  const canWrite = useCanWrite();
  const want = (field: CallField) => () => {
    if (openId !== undefined) wantField(openId, field);
  };
  // Here, for the panel may still be on its way when they are pressed.
  useKeys([{ keys: "n", label: "Write a note", scope: "Call", run: want("note") }], openId !== undefined && canWrite);
  useKeys(
    [
      { keys: "a", label: "Assign the call", scope: "Call", run: want("assignee") },
      { keys: "t", label: "Tag the call", scope: "Call", run: want("tag") },
    ],
    openId !== undefined && canWrite && actions.selectedIds.size === 0,
  );
  const tags = useMemo(() => [...new Set(calls.flatMap((call) => call.tags))].toSorted(), [calls]);
  const isFolding = useStore(folding) === "on";
  const hasQuery = !isEmptyQuery(query);

  return (
    <div className="relative flex min-h-0 flex-1">
      <div
        data-covered
        inert={isPhone && openId !== undefined}
        className={classNames(
          "relative flex min-h-0 min-w-0 flex-1 flex-col",
          hasRoom && "tablet:mr-80 wide:mr-96 xwide:mr-108",
        )}
      >
        <PageHeader title={title}>
          <SearchBox value={query.q ?? ""} userId={me} onSearch={(q) => setQuery(queryOf({ ...query, q }))} />
          <Tooltip text="Filter" keys="F">
            <Button aria-label="Filter" className="max-tablet:px-2" onClick={() => setDialog("filter")}>
              <Icon name="filter" />
              <span className="max-tablet:hidden">Filter</span>
            </Button>
          </Tooltip>
          <Tooltip text="Go to a day" keys="G D">
            <Button aria-label="Go to a day" className="px-2 max-tablet:hidden" onClick={() => setDialog("jump")}>
              <Icon name="calendar" />
            </Button>
          </Tooltip>
          <ViewOptions
            isPaged={isPaged}
            onPaged={(isNow) => goTo(isNow ? { page: "1" } : {})}
            onJump={() => setDialog("jump")}
            onExport={() => setDialog("export")}
          />
        </PageHeader>
        {hasQuery && (
          <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-surface px-4 py-2">
            <FilterChips query={query} onRemove={remove} />
            <Button look="quiet" size="sm" onClick={() => setQuery({})}>
              Clear
            </Button>
            <span className="flex-1" />
            <Button size="sm" onClick={() => setDialog("save")}>
              <Icon name="bookmark" size={14} />
              Save as view
            </Button>
          </div>
        )}
        {at !== undefined && <DayStrip day={at} onNewerDay={onNewerDay} onNewest={onNewest} />}
        <BulkBar {...actions.bar} onExport={() => setDialog(actions.bar.isAll ? "export" : "export selected")} />
        {arrivedCount > 0 && (
          <button
            type="button"
            onClick={() => {
              showArrived(key);
              document.querySelector("[role=grid]")?.parentElement?.scrollTo({ top: 0 });
              requestAnimationFrame(() => document.querySelector<HTMLElement>("[data-call]")?.focus());
            }}
            className="absolute top-24 left-1/2 z-20 h-8 -translate-x-1/2 animate-appear rounded-full bg-accent px-4 text-sm font-semibold text-on-accent shadow-raised hover:bg-accent-hover"
          >
            {countOf(arrivedCount, "new call")}
          </button>
        )}
        {status === "failed" && failure !== null ? (
          <Failure title="The calls could not be fetched" failure={failure} onRetry={onRetry} />
        ) : status === "loading" ? (
          <LoadingRows />
        ) : calls.length === 0 && hasMore ? (
          <Empty
            icon="search"
            title="None among the newest calls"
            action={<Button onClick={onMore}>Look further back</Button>}
          />
        ) : calls.length === 0 && at !== undefined ? (
          <Empty
            icon="calendar"
            title="No calls on that day or before"
            action={<Button onClick={onNewest}>Newest calls</Button>}
          >
            The list begins later.
          </Empty>
        ) : calls.length === 0 && pages !== null && (pages.totalCount ?? 0) > 0 ? (
          <Empty
            icon="search"
            title="This page is empty"
            action={
              <Button
                onClick={() =>
                  goTo({ page: String(Math.min(pages.page, pageCountOf(pages.totalCount ?? 0, pages.size))) })
                }
              >
                Last page
              </Button>
            }
          >
            The list has no more than {countOf(pageCountOf(pages.totalCount ?? 0, pages.size), "page")}.
          </Empty>
        ) : calls.length === 0 ? (
          hasQuery ? (
            <NoMatch query={query} onRemove={remove} onClear={() => setQuery({})} />
          ) : (
            <FirstRun>
              <NoCalls view={view} />
            </FirstRun>
          )
        ) : (
          <CallGrid
            key={`${view} ${text} ${at} ${page}`}
            label={title}
            calls={calls}
            hasMore={hasMore}
            canFetch={canFetch}
            openId={openId}
            onOpen={onOpen}
            onMore={onMore}
            onTop={onTop}
            onNewerDay={at === undefined ? undefined : onNewerDay}
            search={query.q}
            isFolding={isFolding}
            onArchive={actions.archive}
            onTag={actions.tag}
            onAssign={actions.assign}
            onUnread={actions.unread}
            focusOwed={focusOwed}
          />
        )}
        {pages !== null && pages.totalCount !== null && pages.totalCount > 0 && (
          <Pager
            page={pages.page}
            size={pages.size}
            totalCount={pages.totalCount}
            onPage={(next) => goTo({ page: String(next) })}
          />
        )}
        {status === "ready" && failure !== null && (
          <div
            role="alert"
            className="flex min-h-11 shrink-0 flex-wrap items-center gap-3 border-t border-line px-4 py-1"
          >
            <Icon name="alert" className="text-bad" />
            <span className="min-w-0 text-base">
              Older calls could not be fetched: {failure.message}{" "}
              <span className="font-mono text-xs text-quiet">
                {failure.code}
                {failure.requestId !== null && ` · ${failure.requestId}`}
              </span>
            </span>
            <Retry size="sm" failure={failure} onRetry={onRetry} />
          </div>
        )}
      </div>
      {openId !== undefined && <CallPanel id={openId} onClose={onClose} />}
      {dialog === "jump" && <JumpDialog day={at} onJump={jumpTo} onClose={() => setDialog(null)} />}
      {dialog === "export" && (
        <ExportDialog
          title={title}
          filter={filterOfList(key)}
          description={
            actions.bar.allCount === null
              ? "All calls of the list, with its filters."
              : `${countOf(actions.bar.allCount, "call")} of the list, with its filters.`
          }
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === "export selected" && (
        <ExportDialog
          title={title}
          filter={filterOfIds([...actions.selectedIds])}
          description={`${countOf(actions.selectedIds.size, "call")} that you selected.`}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === "filter" && (
        <FilterDialog query={query} tags={tags} onApply={setQuery} onClose={() => setDialog(null)} />
      )}
      {dialog === "save" && (
        <SaveViewDialog
          query={queryText(asQueryOfAll(view, query))}
          onSaved={(id) =>
            void navigate({
              to: "/$view",
              params: { view: "all" },
              search: { ...asQueryOfAll(view, query), saved: id },
            })
          }
          onClose={() => setDialog(null)}
        />
      )}
      <AskDialogs knownTags={tags} />
    </div>
  );
}

/** Where the list is without an open call. */
function closed({ call: _call, ...rest }: { readonly call?: string } & CallQuery & { readonly saved?: string }) {
  return rest;
}

type Calls = readonly CallRowFragment[];

/** What the bar and the keys do: to what is selected when something is, else to the calls that they are about. */
function useActions(key: ListKey, calls: Calls) {
  const { ids, isAll } = useStore(selection);
  const selected = useMemo(() => calls.filter(({ id }) => ids.has(id)), [calls, ids]);
  const hasSelection = ids.size > 0 || isAll;
  const selectAll = () => selection.set({ ids: new Set(calls.map(({ id }) => id)), anchor: null, isAll: true });
  useKeys(
    [{ keys: "Control+a", label: "Select all that match", scope: "Selection", run: selectAll }],
    calls.length > 0,
  );
  const readAll = () => void readMatching(filterOfList(key));
  useKeys([{ keys: "Shift+u", label: "Mark all of the list read", scope: "Actions", run: readAll }], calls.length > 0);
  useKeys([{ keys: "Escape", label: "Select nothing", scope: "Selection", run: clearSelection }], hasSelection);
  const targets = async (about: Calls): Promise<readonly Target[]> =>
    isAll ? allTargets(key) : (hasSelection ? selected : about).map(targetOf);
  const withTargets = async (about: Calls, act: (found: readonly Target[]) => unknown) => {
    try {
      const found = await targets(about);
      clearSelection();
      act(found);
    } catch (failure) {
      if (!(failure instanceof RequestFailure)) throw failure;
      showToast({
        text: `The calls that match could not be fetched: ${failure.message}`,
        isProblem: true,
        action: { label: "Retry", run: () => void withTargets(about, act) },
      });
    }
  };
  const isArchived = (about: Calls) => about.length > 0 && about.every((call) => call.is_archived);
  const allCount = useTotal(key, hasSelection);
  const meant = (about: Calls): About =>
    isAll ? { matching: filterOfList(key), count: allCount } : (hasSelection ? selected : about).map(targetOf);
  const archive = (about: Calls, archived = !isArchived(hasSelection ? selected : about)) => {
    const calls = meant(about);
    clearSelection();
    void setArchived(calls, archived);
  };
  const tag = (about: Calls) => {
    const tags = new Set((hasSelection ? selected : about).flatMap((call) => call.tags));
    askTag(meant(about), [...tags].toSorted());
  };
  const assign = (about: Calls) => askAssignee(meant(about));
  const unread = (about: Calls) => void withTargets(about, (found) => toggleUnread(found.map(({ id }) => id)));
  return {
    archive: (about: Calls) => archive(about),
    tag,
    assign,
    selectedIds: ids,
    unread,
    bar: {
      count: ids.size,
      allCount,
      isAll,
      isArchived: isArchived(selected),
      onAll: selectAll,
      onArchive: (archived: boolean) => archive([], archived),
      onTag: () => tag([]),
      onAssign: () => assign([]),
      onClear: clearSelection,
    },
  };
}

function NoMatch({
  query,
  onRemove,
  onClear,
}: {
  readonly query: CallQuery;
  readonly onRemove: (field: QueryField) => void;
  readonly onClear: () => void;
}) {
  return (
    <Empty
      icon="search"
      title="No call matches"
      action={
        <div className="flex flex-col items-center gap-4">
          <FilterChips query={query} onRemove={onRemove} />
          <Button onClick={onClear}>Clear all filters</Button>
        </div>
      }
    >
      Take a filter away to see more.
    </Empty>
  );
}

function NoCalls({ view }: { view: ViewName }) {
  const canWrite = useCanWrite();
  if (view === "archived") return <Empty icon="archive" title="Nothing is archived" />;
  if (view === "mine")
    return (
      <Empty icon="person" title="No call is yours to take care of">
        {canWrite ? "Take one with A in the inbox." : "Calls that a colleague gives to you stand here."}
      </Empty>
    );
  if (view === "unread")
    return (
      <Empty icon="check" title="You have read everything">
        New calls stand here until you have opened them, and calls that a colleague wrote a note on or gave to you.
      </Empty>
    );
  if (view === "callback")
    return (
      <Empty icon="check" title="Everybody was called back">
        Missed calls and voicemails stand here until somebody has called back, or the caller got through.
      </Empty>
    );
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

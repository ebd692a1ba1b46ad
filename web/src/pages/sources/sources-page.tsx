import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMe } from "../../api/use-me.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Empty, Failure } from "../../ui/states.tsx";
import { Tooltip } from "../../ui/tooltip.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { LoadingLines } from "../shell/loading-lines.tsx";
import { OnlyAdmins } from "../shell/only-admins.tsx";
import { PageHeader } from "../shell/page-header.tsx";
import { AddSourceDialog } from "./add-source-dialog.tsx";
import { SourceCard } from "./source-card.tsx";
import { SourceDetail } from "./source-detail.tsx";
import { useSources } from "./use-sources.ts";

/** The phone systems that send calls: all of them as cards, or one with its manual and what it sent. For admins. */
export function SourcesPage() {
  const { source, add } = useSearch({ from: "/shell/sources" });
  const navigate = useNavigate();
  const { me } = useMe();
  const isAdmin = me?.role === "ADMIN";
  const openAdding = () => void navigate({ to: "/sources", search: { add: "yes" } });
  useKeys([{ keys: "n", label: "Add a source", scope: "Sources", run: openAdding }], isAdmin);
  return (
    <>
      {/* One source has a header of its own, for those who may see it. */}
      {(source === undefined || (me !== null && !isAdmin)) && (
        <PageHeader title="Sources">
          {isAdmin && (
            <Tooltip text="Add a source" keys="N">
              <Button look="primary" onClick={openAdding}>
                <Icon name="plus" />
                Add a source
              </Button>
            </Tooltip>
          )}
        </PageHeader>
      )}
      <OnlyAdmins what="Sources">
        {source === undefined ? <AllSources onAdd={openAdding} /> : <OneSource key={source} id={source} />}
        {add !== undefined && (
          <AddSourceDialog
            onClose={() => void navigate({ to: "/sources", replace: true })}
            onDone={(id) => void navigate({ to: "/sources", search: { source: id, tab: "set-up" }, replace: true })}
          />
        )}
      </OnlyAdmins>
    </>
  );
}

function AllSources({ onAdd }: { onAdd: () => void }) {
  const { sources, failure, refresh } = useSources();
  if (failure !== null) return <Failure title="The sources could not be fetched" failure={failure} onRetry={refresh} />;
  if (sources === null) return <LoadingLines what="Sources" />;
  if (sources.length === 0) {
    return (
      <Empty
        icon="sources"
        title="No phone system sends calls yet"
        action={
          <Button look="primary" onClick={onAdd}>
            <Icon name="plus" />
            Add a source
          </Button>
        }
      >
        A source is a phone system with a key of its own. Add one, follow its instructions, and its calls appear in the
        inbox.
      </Empty>
    );
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <ul aria-label="Sources" className="grid max-w-6xl gap-4 p-4 xwide:grid-cols-2">
        {sources.map((source) => (
          <li key={source.id} className="min-w-0">
            <SourceCard source={source} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function OneSource({ id }: { id: string }) {
  const { sources, failure, refresh } = useSources();
  const source = sources?.find((one) => one.id === id);
  if (source !== undefined) return <SourceDetail source={source} />;
  return (
    <>
      <PageHeader title="Source" />
      {failure !== null ? (
        <Failure title="The source could not be fetched" failure={failure} onRetry={refresh} />
      ) : sources === null ? (
        <LoadingLines what="the source" />
      ) : (
        <Empty icon="search" title="No such source">
          It may have been removed, or the link is wrong.
        </Empty>
      )}
    </>
  );
}

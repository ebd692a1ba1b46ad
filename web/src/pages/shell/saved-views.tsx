import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMutation, useQuery } from "urql";
import { failureFrom } from "../../api/failure.ts";
import { DeleteViewDocument, SavedViewsDocument, type SavedViewsQuery } from "../../api/inbox.gen.ts";
import { queryFromText } from "../../lib/call-query.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { NavLink } from "./nav-link.tsx";

type SavedView = SavedViewsQuery["views"][number];

/** Lists that have a name: one's own, and those that others share. */
export function useSavedViews(): readonly SavedView[] {
  const [{ data }] = useQuery({ query: SavedViewsDocument });
  return data?.views ?? [];
}

/** Saved views in the rail: links under a heading. Nothing while nobody saved one. */
export function SavedViews() {
  const saved = useSavedViews();
  const [, remove] = useMutation(DeleteViewDocument);
  const navigate = useNavigate();
  const { saved: openId } = useSearch({ strict: false });
  if (saved.length === 0) return null;
  const onDelete = async ({ id, name }: SavedView) => {
    const { error } = await remove({ id });
    if (error !== undefined) {
      showToast({ text: `The view ${name} could not be deleted: ${failureFrom(error).message}`, isProblem: true });
      return;
    }
    showToast({ text: `Deleted the view ${name}` });
    if (openId === id) void navigate({ to: "/$view", params: { view: "all" } });
  };
  return (
    <div role="group" aria-label="Saved views" className="mt-3 flex flex-col gap-0.5">
      <h2 className="hidden px-2 pb-1 text-xs font-medium text-quiet wide:block">Views</h2>
      {saved.map((view) => (
        <div key={view.id} className="group/view relative">
          <NavLink
            icon="bookmark"
            label={view.name}
            link={{ to: "/$view", params: { view: "all" }, search: { ...queryFromText(view.query), saved: view.id } }}
            isActive={view.id === openId}
          />
          {view.isOwn && (
            <span className="absolute top-0.5 right-0.5 hidden wide:block">
              <Menu
                trigger={
                  <Button
                    look="quiet"
                    size="icon-sm"
                    aria-label={`The view ${view.name}`}
                    className="opacity-0 group-hover/view:opacity-100 focus-visible:opacity-100 aria-expanded:opacity-100"
                  >
                    <Icon name="more" />
                  </Button>
                }
              >
                <MenuItem icon="close" onSelect={() => void onDelete(view)}>
                  Delete
                </MenuItem>
              </Menu>
            </span>
          )}
        </div>
      ))}
    </div>
  );
}

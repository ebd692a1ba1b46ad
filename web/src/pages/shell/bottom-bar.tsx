import { Link, useNavigate } from "@tanstack/react-router";
import { session } from "../../api/session.ts";
import { type ViewName, views } from "../../lib/views.ts";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { Menu, MenuItem, MenuLine } from "../../ui/menu.tsx";
import { countText } from "./own-counts.ts";
import { useUnreadCount } from "./unread-count.ts";

const place =
  "flex h-14 flex-1 flex-col items-center justify-center gap-0.5 rounded-md text-2xs font-medium text-quiet aria-[current=page]:text-accent";
const shownViews = ["inbox", "callback", "missed"] as const satisfies readonly ViewName[];
const moreViews = [
  "unread",
  "mine",
  "unassigned",
  "voicemail",
  "archived",
  "all",
] as const satisfies readonly ViewName[];

/** What a phone has instead of the rail. */
export function BottomBar() {
  const navigate = useNavigate();
  const unread = useUnreadCount();
  return (
    <nav
      aria-label="Main"
      data-covered
      className="flex border-t border-line bg-ground px-1 pb-[env(safe-area-inset-bottom)] tablet:hidden"
    >
      {shownViews.map((view) => (
        <Link key={view} to="/$view" params={{ view }} activeOptions={{ includeSearch: false }} className={place}>
          <Icon name={views[view].icon} size={20} />
          {views[view].label}
        </Link>
      ))}
      <Menu
        trigger={
          <button type="button" className={place}>
            <Icon name="more" size={20} />
            More
          </button>
        }
      >
        {moreViews.map((view) => (
          <MenuItem
            key={view}
            icon={views[view].icon}
            onSelect={() => void navigate({ to: "/$view", params: { view } })}
          >
            {views[view].label}
            {view === "unread" && unread !== null && unread.count > 0 && (
              <>
                {" "}
                <span className="tabular ml-auto text-xs text-quiet">{countText(unread)}</span>
              </>
            )}
          </MenuItem>
        ))}
        <MenuLine />
        {(
          [
            ["/insights", "insights", "Insights"],
            ["/sources", "sources", "Sources"],
            ["/settings", "settings", "Settings"],
          ] as const satisfies readonly (readonly [string, IconName, string])[]
        ).map(([to, icon, label]) => (
          <MenuItem key={to} icon={icon} onSelect={() => void navigate({ to })}>
            {label}
          </MenuItem>
        ))}
        <MenuLine />
        <MenuItem icon="leave" onSelect={() => void session.signOut()}>
          Sign out
        </MenuItem>
      </Menu>
    </nav>
  );
}

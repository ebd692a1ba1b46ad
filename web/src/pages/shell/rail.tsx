import { useSearch } from "@tanstack/react-router";
import { session } from "../../api/session.ts";
import { type ViewName, views } from "../../lib/views.ts";
import { Button } from "../../ui/button.tsx";
import { Menu, MenuChoices, MenuItem, MenuLine } from "../../ui/menu.tsx";
import { theme, type Theme } from "../../ui/theme.ts";
import { keys } from "../../ui/use-keys.ts";
import { useStore } from "../../ui/use-store.ts";
import { chooseTheme } from "../settings/choices.ts";
import { ConnectionState } from "./connection-state.tsx";
import { NavLink } from "./nav-link.tsx";
import { type OwnCounts, useOwnCounts } from "./own-counts.ts";
import { SavedViews } from "./saved-views.tsx";
import { useUnreadCount } from "./unread-count.ts";
import { useViewCounts } from "./view-counts.ts";

/** The left rail; icons only on a tablet, not there on a phone. */
export function Rail() {
  const counts = useViewCounts();
  const unread = useUnreadCount();
  const own: OwnCounts = { ...useOwnCounts(), ...(unread === null ? {} : { unread }) };
  const { saved } = useSearch({ strict: false });
  return (
    <nav
      aria-label="Main"
      className="hidden w-14 shrink-0 flex-col gap-0.5 border-r border-line bg-ground px-2.5 py-3 tablet:flex wide:w-54"
    >
      <div className="mb-3 flex h-8 items-center gap-2.5 px-1.5">
        <img src="/icon.svg" alt="" width={22} height={22} />
        <span className="hidden text-lg font-semibold tracking-tight wide:inline">Ringback</span>
      </div>
      {(Object.keys(views) as ViewName[]).map((view) => (
        <NavLink
          key={view}
          icon={views[view].icon}
          label={views[view].label}
          count={counts[view] ?? own[view]?.count ?? null}
          isAtLeast={own[view]?.isExact === false}
          isMarked={view === "unread"}
          link={{ to: "/$view", params: { view } }}
          {...(saved === undefined ? {} : { isActive: false })}
        />
      ))}
      <SavedViews />
      <div className="my-2 border-t border-line" />
      <NavLink icon="insights" label="Insights" link={{ to: "/insights" }} />
      <NavLink icon="sources" label="Sources" link={{ to: "/sources" }} />
      <NavLink icon="settings" label="Settings" link={{ to: "/settings" }} />
      <div className="mt-auto flex flex-col gap-1">
        <ConnectionState />
        <AccountMenu />
      </div>
    </nav>
  );
}

function AccountMenu() {
  const state = useStore(session.state);
  const chosen = useStore(theme) as Theme;
  const name = "user" in state ? state.user.username : "";
  return (
    <Menu
      align="start"
      trigger={
        <Button look="quiet" className="w-full justify-center px-0 wide:justify-start wide:px-1.5">
          <span
            aria-hidden="true"
            className="grid size-6 shrink-0 place-items-center rounded-full bg-selected text-xs font-semibold text-accent"
          >
            {name.slice(0, 1).toUpperCase()}
          </span>
          <span className="min-w-0 truncate max-wide:sr-only">{name}</span>
          <span className="sr-only">, account</span>
        </Button>
      }
    >
      <MenuChoices
        label="Theme"
        value={chosen}
        choices={{ system: "As the system", light: "Light", dark: "Dark" }}
        onChoose={chooseTheme}
      />
      <MenuLine />
      <MenuItem
        icon="keyboard"
        onSelect={() =>
          keys.bindings
            .get()
            .findLast((binding) => binding.keys === "?")
            ?.run()
        }
      >
        Keys
      </MenuItem>
      <MenuItem icon="leave" onSelect={() => void session.signOut()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}

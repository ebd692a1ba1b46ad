import { createRootRoute, createRoute, lazyRouteComponent, notFound, redirect } from "@tanstack/react-router";
import { readInsightsSearch } from "../lib/insights-search.ts";
import { queryOf } from "../lib/call-query.ts";
import { isViewName } from "../lib/views.ts";
import { textOf } from "../lib/search-params.ts";
import { Root } from "./shell/root.tsx";
import { Shell } from "./shell/shell.tsx";

/*
 * One route a screen, each in a chunk of its own. A new first segment of a path is also named in `appPaths` of the server
 * (server/src/http/web-app.ts), which answers the app for it; a test compares the two.
 */

const root = createRootRoute({ component: Root });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search) => ({ ...textOf(search, "from") }),
  component: lazyRouteComponent(() => import("./session/sign-in-page.tsx"), "SignInPage"),
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("./session/setup-page.tsx"), "SetupPage"),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  component: lazyRouteComponent(() => import("./session/invitation-page.tsx"), "InvitationPage"),
});

/** Everything that needs somebody to be signed in, inside the shell. */
const shell = createRoute({ getParentRoute: () => root, id: "shell", component: Shell });

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/$view", params: { view: "inbox" }, replace: true });
  },
});

const inbox = createRoute({
  getParentRoute: () => shell,
  path: "/$view",
  params: {
    parse: ({ view }) => {
      if (!isViewName(view)) throw notFound();
      return { view };
    },
    stringify: ({ view }) => ({ view }),
  },
  validateSearch: (search) => ({
    ...queryOf(search),
    ...textOf(search, "call"),
    ...textOf(search, "saved"),
    // Where in the list one is: the day that it begins with, or the page.
    ...textOf(search, "at"),
    ...textOf(search, "page"),
  }),
  component: lazyRouteComponent(() => import("./inbox/inbox-page.tsx"), "InboxPage"),
});

const insights = createRoute({
  getParentRoute: () => shell,
  path: "/insights",
  validateSearch: readInsightsSearch,
  component: lazyRouteComponent(() => import("./insights/insights-page.tsx"), "InsightsPage"),
});

const sources = createRoute({
  getParentRoute: () => shell,
  path: "/sources",
  validateSearch: (search) => ({
    ...textOf(search, "source"),
    ...textOf(search, "tab"),
    ...textOf(search, "verdict"),
    ...textOf(search, "delivery"),
    ...textOf(search, "add"),
  }),
  component: lazyRouteComponent(() => import("./sources/sources-page.tsx"), "SourcesPage"),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: "/settings",
  validateSearch: (search) => ({
    ...textOf(search, "section"),
    // Of the webhooks: which one, what of its log, and whether one is being added.
    ...textOf(search, "webhook"),
    ...textOf(search, "state"),
    ...textOf(search, "delivery"),
    ...textOf(search, "add"),
    // Of the audit log: what it is about, and who did it.
    ...textOf(search, "about"),
    ...textOf(search, "by"),
  }),
  component: lazyRouteComponent(() => import("./settings/settings-page.tsx"), "SettingsPage"),
});

export const routeTree = root.addChildren([
  signIn,
  setUp,
  invitation,
  shell.addChildren([home, insights, sources, settings, inbox]),
]);

import type { Theme as DomainTheme } from "../domain/settings.ts";
import { isoTime } from "./iso-time.ts";
import { signedIn } from "./resolver-context.ts";
import { onceKey } from "./terms.ts";
import type { Resolvers, Theme } from "./schema.gen.ts";

const themeNames = { system: "SYSTEM", light: "LIGHT", dark: "DARK" } as const satisfies Record<DomainTheme, Theme>;
const themesNamed = { SYSTEM: "system", LIGHT: "light", DARK: "dark" } as const satisfies Record<Theme, DomainTheme>;

/** Saved views, preferences, the workspace's settings, and tickets for downloads. */
export const viewQueries = {
  views: (_root, _args, context) => context.desk.views.views(signedIn(context)),
  preferences: (_root, _args, context) => context.desk.views.preferences(signedIn(context)),
  workspaceSettings: (_root, _args, context) => context.desk.views.workspace(signedIn(context)),
} as const satisfies Resolvers["Query"];

export const viewMutations = {
  saveView: (_root, { name, query, shared }, context, info) =>
    shared
      ? context.desk.views.shareView(signedIn(context), name, query, onceKey(context, info))
      : context.desk.views.saveView(signedIn(context), name, query, onceKey(context, info)),
  async deleteView(_root, { id }, context, info) {
    await context.desk.views.deleteView(signedIn(context), id, onceKey(context, info));
    return true;
  },
  setPreferences: (_root, { input: { theme, ...wishes } }, context, info) =>
    context.desk.views.setPreferences(
      signedIn(context),
      { ...wishes, theme: theme == null ? theme : themesNamed[theme] },
      onceKey(context, info),
    ),
  setWorkspaceSettings: (_root, { input }, context, info) =>
    context.desk.views.setWorkspace(signedIn(context), input, onceKey(context, info)),
  exportTicket(_root, given, context) {
    const { exports } = context.desk;
    const principal = signedIn(context);
    return { path: `/export?ticket=${exports.ticket(principal, exports.wish(principal, given))}` };
  },
} as const satisfies Resolvers["Mutation"];

export const viewTypes = {
  SavedView: {
    isOwn: ({ ownerId }, _args, context) => ownerId === signedIn(context).userId,
    savedAt: ({ savedAtMs }) => isoTime(savedAtMs),
  },
  Preferences: {
    theme: ({ theme }) => (theme === null ? null : themeNames[theme]),
  },
} as const satisfies Resolvers;

import { type Example, example } from "./example.ts";

/** Tabs for views, settings and export. */
export const workspaceExamples: readonly Example[] = [
  example(
    `query Views {
  views {
    id
    name
    query
    isShared
  }
}
`,
  ),
  example(
    `query Preferences {
  preferences {
    timeZone
    theme
    keysOff
  }
}
`,
  ),
  example(
    `query WorkspaceSettings {
  workspaceSettings {
    name
    timeZone
    defaultCountry
    callsKeptDays
  }
}
`,
  ),
  example(
    `mutation SaveView($name: String!, $query: String!) {
  saveView(name: $name, query: $query, shared: false) {
    id
  }
}
`,
    { name: "Missed today", query: "type=missed" },
  ),
  example(
    `mutation DeleteView($id: ID!) {
  deleteView(id: $id)
}
`,
    { id: "" },
  ),
  example(
    `mutation SetPreferences($input: PreferencesInput!) {
  setPreferences(input: $input) {
    theme
  }
}
`,
    { input: { theme: "DARK" } },
  ),
  example(
    `# For admins.
mutation SetWorkspaceSettings($input: WorkspaceSettingsInput!) {
  setWorkspaceSettings(input: $input) {
    timeZone
  }
}
`,
    { input: { timeZone: "Europe/Berlin" } },
  ),
  example(
    `# For admins. It cannot be undone.
mutation DeleteCallsOfNumber($number: String!) {
  deleteCallsOfNumber(number: $number) {
    deletedCount
    hasMore
  }
}
`,
    { number: "" },
  ),
  example(
    `mutation ExportTicket($filter: CallFilter) {
  exportTicket(format: "csv", timeZone: "Europe/Berlin", filter: $filter) {
    path
  }
}
`,
    { filter: { type: ["missed"] } },
  ),
];

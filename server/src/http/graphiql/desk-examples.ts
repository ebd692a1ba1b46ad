import type { Example } from "./examples.ts";

/** Tabs for what people and admins do around the inbox. */
export const deskExamples: readonly Example[] = [
  { query: "# Whom calls can be given to.\nquery Colleagues {\n  colleagues {\n    id\n    username\n  }\n}\n" },
  {
    query:
      "query Presence {\n  presence {\n    person {\n      username\n    }\n    callId\n    isWriting\n    since\n  }\n}\n",
  },
  {
    query:
      "# Say it again within 45 seconds while it holds.\nmutation AtCall($tab: ID!, $id: ID) {\n  atCall(tab: $tab, id: $id, isWriting: false)\n}\n",
    variables: json({ tab: "graphiql", id: "1" }),
  },
  {
    query:
      "subscription WatchPresence {\n  presence {\n    person {\n      username\n    }\n    callId\n    isWriting\n  }\n}\n",
  },
  { query: "query Sources {\n  sources {\n    id\n    name\n    kind\n    lastEventAt\n    errorsLastDay\n  }\n}\n" },
  {
    query:
      "query Deliveries($sourceId: ID!) {\n  deliveries(sourceId: $sourceId, first: 20) {\n    nodes {\n      id\n      verdict\n      reason\n      receivedAt\n    }\n    endCursor\n  }\n}\n",
    variables: json({ sourceId: "" }),
  },
  {
    query: "query Delivery($id: ID!) {\n  delivery(id: $id) {\n    verdict\n    reason\n    body\n  }\n}\n",
    variables: json({ id: "1" }),
  },
  {
    query:
      "# The key is shown this once.\nmutation AddSource($name: String!) {\n  addSource(name: $name, kind: GENERIC) {\n    key\n    source {\n      id\n    }\n  }\n}\n",
    variables: json({ name: "Front desk PBX" }),
  },
  {
    query:
      "mutation RenameSource($id: ID!, $name: String!) {\n  renameSource(id: $id, name: $name) {\n    name\n  }\n}\n",
    variables: json({ id: "", name: "Front desk" }),
  },
  {
    query: "mutation RotateSourceKey($id: ID!) {\n  rotateSourceKey(id: $id) {\n    key\n  }\n}\n",
    variables: json({ id: "" }),
  },
  {
    query: "mutation DisableSource($id: ID!) {\n  disableSource(id: $id) {\n    isDisabled\n  }\n}\n",
    variables: json({ id: "" }),
  },
  {
    query: "mutation EnableSource($id: ID!) {\n  enableSource(id: $id) {\n    isDisabled\n  }\n}\n",
    variables: json({ id: "" }),
  },
  {
    query: "mutation RemapDelivery($id: ID!) {\n  remapDelivery(id: $id) {\n    verdict\n    reason\n  }\n}\n",
    variables: json({ id: "1" }),
  },
  {
    query:
      "mutation RemapSource($id: ID!, $after: String) {\n  remapSource(id: $id, after: $after) {\n    readCount\n    changedCount\n    cursor\n  }\n}\n",
    variables: json({ id: "" }),
  },
  {
    query:
      "mutation SendTestCall($sourceId: ID!) {\n  sendTestCall(sourceId: $sourceId) {\n    verdict\n    call {\n      id\n    }\n  }\n}\n",
    variables: json({ sourceId: "" }),
  },
  { query: "query Views {\n  views {\n    id\n    name\n    query\n    isShared\n  }\n}\n" },
  { query: "query Preferences {\n  preferences {\n    timeZone\n    theme\n    keysOff\n  }\n}\n" },
  { query: "query WorkspaceSettings {\n  workspaceSettings {\n    name\n    timeZone\n    defaultCountry\n  }\n}\n" },
  {
    query:
      "mutation SaveView($name: String!, $query: String!) {\n  saveView(name: $name, query: $query, shared: false) {\n    id\n  }\n}\n",
    variables: json({ name: "Missed today", query: "type=missed" }),
  },
  { query: "mutation DeleteView($id: ID!) {\n  deleteView(id: $id)\n}\n", variables: json({ id: "" }) },
  {
    query:
      "mutation SetPreferences($input: PreferencesInput!) {\n  setPreferences(input: $input) {\n    theme\n  }\n}\n",
    variables: json({ input: { theme: "DARK" } }),
  },
  {
    query:
      "# For admins.\nmutation SetWorkspaceSettings($input: WorkspaceSettingsInput!) {\n  setWorkspaceSettings(input: $input) {\n    timeZone\n  }\n}\n",
    variables: json({ input: { timeZone: "Europe/Berlin" } }),
  },
  {
    query:
      'mutation ExportTicket($filter: CallFilter) {\n  exportTicket(format: "csv", timeZone: "Europe/Berlin", filter: $filter) {\n    path\n  }\n}\n',
    variables: json({ filter: { type: ["missed"] } }),
  },
];

function json(value: object): string {
  return JSON.stringify(value, null, 2);
}

import { type Example, example } from "./example.ts";

/** Tabs for phone systems. */
export const sourceExamples: readonly Example[] = [
  example(
    `query Sources {
  sources {
    id
    name
    kind
    lastEventAt
    errorsLastDay
  }
}
`,
  ),
  example(
    `query Deliveries($sourceId: ID!) {
  deliveries(sourceId: $sourceId, first: 20) {
    nodes {
      id
      verdict
      reason
      receivedAt
    }
    endCursor
  }
}
`,
    { sourceId: "" },
  ),
  example(
    `query Delivery($id: ID!) {
  delivery(id: $id) {
    verdict
    reason
    body
  }
}
`,
    { id: "1" },
  ),
  example(
    `# The key is shown this once.
mutation AddSource($name: String!) {
  addSource(name: $name, kind: GENERIC) {
    key
    source {
      id
    }
  }
}
`,
    { name: "Front desk PBX" },
  ),
  example(
    `mutation RenameSource($id: ID!, $name: String!) {
  renameSource(id: $id, name: $name) {
    name
  }
}
`,
    { id: "", name: "Front desk" },
  ),
  example(
    `mutation RotateSourceKey($id: ID!) {
  rotateSourceKey(id: $id) {
    key
  }
}
`,
    { id: "" },
  ),
  example(
    `mutation DisableSource($id: ID!) {
  disableSource(id: $id) {
    isDisabled
  }
}
`,
    { id: "" },
  ),
  example(
    `mutation EnableSource($id: ID!) {
  enableSource(id: $id) {
    isDisabled
  }
}
`,
    { id: "" },
  ),
  example(
    `mutation RemapDelivery($id: ID!) {
  remapDelivery(id: $id) {
    verdict
    reason
  }
}
`,
    { id: "1" },
  ),
  example(
    `mutation RemapSource($id: ID!, $after: String) {
  remapSource(id: $id, after: $after) {
    readCount
    changedCount
    cursor
  }
}
`,
    { id: "" },
  ),
  example(
    `mutation SendTestCall($sourceId: ID!) {
  sendTestCall(sourceId: $sourceId) {
    verdict
    call {
      id
    }
  }
}
`,
    { sourceId: "" },
  ),
];

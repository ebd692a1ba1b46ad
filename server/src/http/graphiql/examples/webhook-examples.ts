import { type Example, example } from "./example.ts";

/** Tabs for webhooks. */
export const webhookExamples: readonly Example[] = [
  example(
    `query Webhooks {
  webhooks {
    id
    name
    url
    kinds
    state
    waiting
    failingSince
  }
}
`,
  ),
  example(
    `query WebhookDeliveries($webhookId: ID!) {
  webhookDeliveries(webhookId: $webhookId, first: 20) {
    nodes {
      id
      type
      state
      nextAttemptAt
      attempts {
        at
        statusCode
        error
      }
    }
    endCursor
  }
}
`,
    { webhookId: "" },
  ),
  example(
    `query WebhookDelivery($id: ID!) {
  webhookDelivery(id: $id) {
    type
    state
    payload
    attempts {
      at
      statusCode
      durationMs
      error
      response
    }
  }
}
`,
    { id: "" },
  ),
  example(
    `# The secret is shown this once.
mutation AddWebhook($input: WebhookInput!) {
  addWebhook(input: $input) {
    secret
    webhook {
      id
    }
  }
}
`,
    { input: { name: "CRM", url: "https://example.com/ringback", kinds: ["CALL_LOGGED", "CALL_UPDATED"] } },
  ),
  example(
    `mutation UpdateWebhook($id: ID!, $input: WebhookInput!) {
  updateWebhook(id: $id, input: $input) {
    name
    url
    kinds
  }
}
`,
    { id: "", input: { name: "CRM", url: "https://example.com/ringback", kinds: [] } },
  ),
  example(
    `# The secret is shown this once; the one before signs beside it for a day.
mutation RotateWebhookSecret($id: ID!) {
  rotateWebhookSecret(id: $id) {
    secret
  }
}
`,
    { id: "" },
  ),
  example(
    `mutation PauseWebhook($id: ID!) {
  pauseWebhook(id: $id) {
    state
  }
}
`,
    { id: "" },
  ),
  example(
    `mutation ResumeWebhook($id: ID!) {
  resumeWebhook(id: $id) {
    state
    waiting
    behind
  }
}
`,
    { id: "" },
  ),
  example(
    `mutation DeleteWebhook($id: ID!) {
  deleteWebhook(id: $id)
}
`,
    { id: "" },
  ),
  example(
    `mutation SendTestWebhook($id: ID!) {
  sendTestWebhook(id: $id) {
    id
    payload
  }
}
`,
    { id: "" },
  ),
  example(
    `mutation ResendWebhookDelivery($id: ID!) {
  resendWebhookDelivery(id: $id) {
    state
    nextAttemptAt
  }
}
`,
    { id: "" },
  ),
];

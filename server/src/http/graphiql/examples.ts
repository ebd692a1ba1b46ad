import { callExamples } from "./examples/call-examples.ts";
import { contactExamples } from "./examples/contact-examples.ts";
import { listExamples } from "./examples/list-examples.ts";
import { liveExamples } from "./examples/live-examples.ts";
import { peopleExamples } from "./examples/people-examples.ts";
import { presenceExamples } from "./examples/presence-examples.ts";
import { sessionExamples } from "./examples/session-examples.ts";
import { sourceExamples } from "./examples/source-examples.ts";
import { unreadExamples } from "./examples/unread-examples.ts";
import { webhookExamples } from "./examples/webhook-examples.ts";
import { workspaceExamples } from "./examples/workspace-examples.ts";
import type { Example } from "./examples/example.ts";

/** One tab for each documented operation, what is asked most first. */
export const examples: readonly Example[] = [
  ...callExamples,
  ...liveExamples,
  ...sessionExamples,
  ...contactExamples,
  ...peopleExamples,
  ...listExamples,
  ...presenceExamples,
  ...unreadExamples,
  ...sourceExamples,
  ...webhookExamples,
  ...workspaceExamples,
];

// Generated from the operations of this name by `npm run generate`. Not to be edited.
import { operation } from "./operation.ts";
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** What a webhook is to be. */
export type WebhookInput = {
  /** What to call it: printable text of 1 to 100 characters. */
  readonly name: string;
  /**
   * Where to tell it: an http or https address of at most 2,000 characters, without a password. Private addresses are refused unless the operator
   * allows them (`RINGBACK_WEBHOOK_NETWORKS`).
   */
  readonly url: string;
  /** The kinds of changes that it is told of; empty for all. */
  readonly kinds?: ReadonlyArray<ChangeKind>;
};

/** What a change did to its call. */
export type ChangeKind =
  /** A source sent a call that was not known. */
  | 'CALL_LOGGED'
  /** A source told more about a call. */
  | 'CALL_UPDATED'
  /** Somebody archived the call. */
  | 'CALL_ARCHIVED'
  /** Somebody restored the call. */
  | 'CALL_UNARCHIVED'
  /** Somebody added a note. */
  | 'NOTE_ADDED'
  /** Somebody gave a note another text. */
  | 'NOTE_EDITED'
  /** Somebody took a note away. */
  | 'NOTE_DELETED'
  /** Somebody brought a deleted note back. */
  | 'NOTE_RESTORED'
  /** Somebody put a tag on the call. */
  | 'TAG_ADDED'
  /** Somebody took a tag off the call. */
  | 'TAG_REMOVED'
  /** Somebody gave the call to a user. */
  | 'CALL_ASSIGNED'
  /** Somebody took the call from whoever had it. */
  | 'CALL_UNASSIGNED'
  /**
   * A later call settled this missed call or voicemail, or another one than before did. The actor is the source that told of that call,
   * or SYSTEM where another default country has made both calls those of one number.
   */
  | 'CALL_RETURNED'
  /**
   * The call that had settled this one turned out not to: its source told it anew. The actor is that source,
   * or SYSTEM where the two calls are those of two numbers in another default country.
   */
  | 'CALL_UNRETURNED'
  /**
   * The call was deleted, by whoever the actor is: take it out of what you keep. Of the call only the `id` tells anything; all else of it is
   * empty. Once a call was deleted, every earlier change of it is told as this kind too, at its own cursor, so a client that resumes hears of the
   * call nothing but that it is gone, once or several times, and of calls it never saw as well. A filter lets all of them through.
   */
  | 'CALL_DELETED';

/** Whether a webhook is told anything. */
export type WebhookState =
  /** It is told of what happens. */
  | 'ACTIVE'
  /** An admin paused it: what happens meanwhile is told once it is resumed. */
  | 'PAUSED'
  /** The server gave it up; see `disabledFor`. What happens meanwhile is told once it is resumed. */
  | 'DISABLED';

/** Why the server gave a webhook up. */
export type WebhookDisabledFor =
  /** The receiver answered 410 Gone. */
  | 'GONE'
  /** Nothing went through for five days. */
  | 'FAILING';

/** How something told to a webhook stands. */
export type WebhookDeliveryState =
  /** It will be sent, or sent again. */
  | 'WAITING'
  /** The receiver answered with 2xx. */
  | 'DELIVERED'
  /** It is not tried again unless an admin asks for it. */
  | 'FAILED';

export type WebhookPartsFragment = { readonly __typename: 'Webhook', readonly id: string, readonly name: string, readonly url: string, readonly kinds: ReadonlyArray<ChangeKind>, readonly state: WebhookState, readonly disabledFor: WebhookDisabledFor | null, readonly createdAt: string, readonly failingSince: string | null, readonly lastDeliveredAt: string | null, readonly waiting: number, readonly behind: number };

export type WebhookDeliveryPartsFragment = { readonly __typename: 'WebhookDelivery', readonly id: string, readonly type: string, readonly revision: number | null, readonly state: WebhookDeliveryState, readonly createdAt: string, readonly nextAttemptAt: string | null, readonly isTest: boolean, readonly attempts: ReadonlyArray<{ readonly __typename: 'WebhookAttempt', readonly at: string, readonly statusCode: number | null, readonly durationMs: number, readonly error: string | null, readonly response: string | null }> };

export type WebhooksQueryVariables = Exact<{ [key: string]: never; }>;


export type WebhooksQuery = { readonly __typename: 'Query', readonly webhooks: ReadonlyArray<{ readonly __typename: 'Webhook', readonly id: string, readonly name: string, readonly url: string, readonly kinds: ReadonlyArray<ChangeKind>, readonly state: WebhookState, readonly disabledFor: WebhookDisabledFor | null, readonly createdAt: string, readonly failingSince: string | null, readonly lastDeliveredAt: string | null, readonly waiting: number, readonly behind: number }> };

export type WebhookDeliveriesQueryVariables = Exact<{
  webhookId: string;
  state?: WebhookDeliveryState | null | undefined;
  after?: string | null | undefined;
}>;


export type WebhookDeliveriesQuery = { readonly __typename: 'Query', readonly webhookDeliveries: { readonly __typename: 'WebhookDeliveryConnection', readonly hasNextPage: boolean, readonly endCursor: string | null, readonly nodes: ReadonlyArray<{ readonly __typename: 'WebhookDelivery', readonly id: string, readonly type: string, readonly revision: number | null, readonly state: WebhookDeliveryState, readonly createdAt: string, readonly nextAttemptAt: string | null, readonly isTest: boolean, readonly attempts: ReadonlyArray<{ readonly __typename: 'WebhookAttempt', readonly at: string, readonly statusCode: number | null, readonly durationMs: number, readonly error: string | null, readonly response: string | null }> }> } };

export type WebhookDeliveryQueryVariables = Exact<{
  id: string;
}>;


export type WebhookDeliveryQuery = { readonly __typename: 'Query', readonly webhookDelivery: { readonly __typename: 'WebhookDelivery', readonly payload: string, readonly id: string, readonly type: string, readonly revision: number | null, readonly state: WebhookDeliveryState, readonly createdAt: string, readonly nextAttemptAt: string | null, readonly isTest: boolean, readonly attempts: ReadonlyArray<{ readonly __typename: 'WebhookAttempt', readonly at: string, readonly statusCode: number | null, readonly durationMs: number, readonly error: string | null, readonly response: string | null }> } | null };

export type AddWebhookMutationVariables = Exact<{
  input: WebhookInput;
}>;


export type AddWebhookMutation = { readonly __typename: 'Mutation', readonly addWebhook: { readonly __typename: 'NewWebhook', readonly secret: string, readonly webhook: { readonly __typename: 'Webhook', readonly id: string, readonly name: string, readonly url: string, readonly kinds: ReadonlyArray<ChangeKind>, readonly state: WebhookState, readonly disabledFor: WebhookDisabledFor | null, readonly createdAt: string, readonly failingSince: string | null, readonly lastDeliveredAt: string | null, readonly waiting: number, readonly behind: number } } };

export type UpdateWebhookMutationVariables = Exact<{
  id: string;
  input: WebhookInput;
}>;


export type UpdateWebhookMutation = { readonly __typename: 'Mutation', readonly updateWebhook: { readonly __typename: 'Webhook', readonly id: string, readonly name: string, readonly url: string, readonly kinds: ReadonlyArray<ChangeKind>, readonly state: WebhookState, readonly disabledFor: WebhookDisabledFor | null, readonly createdAt: string, readonly failingSince: string | null, readonly lastDeliveredAt: string | null, readonly waiting: number, readonly behind: number } };

export type RotateWebhookSecretMutationVariables = Exact<{
  id: string;
}>;


export type RotateWebhookSecretMutation = { readonly __typename: 'Mutation', readonly rotateWebhookSecret: { readonly __typename: 'NewWebhook', readonly secret: string, readonly webhook: { readonly __typename: 'Webhook', readonly id: string, readonly name: string, readonly url: string, readonly kinds: ReadonlyArray<ChangeKind>, readonly state: WebhookState, readonly disabledFor: WebhookDisabledFor | null, readonly createdAt: string, readonly failingSince: string | null, readonly lastDeliveredAt: string | null, readonly waiting: number, readonly behind: number } } };

export type PauseWebhookMutationVariables = Exact<{
  id: string;
}>;


export type PauseWebhookMutation = { readonly __typename: 'Mutation', readonly pauseWebhook: { readonly __typename: 'Webhook', readonly id: string, readonly name: string, readonly url: string, readonly kinds: ReadonlyArray<ChangeKind>, readonly state: WebhookState, readonly disabledFor: WebhookDisabledFor | null, readonly createdAt: string, readonly failingSince: string | null, readonly lastDeliveredAt: string | null, readonly waiting: number, readonly behind: number } };

export type ResumeWebhookMutationVariables = Exact<{
  id: string;
}>;


export type ResumeWebhookMutation = { readonly __typename: 'Mutation', readonly resumeWebhook: { readonly __typename: 'Webhook', readonly id: string, readonly name: string, readonly url: string, readonly kinds: ReadonlyArray<ChangeKind>, readonly state: WebhookState, readonly disabledFor: WebhookDisabledFor | null, readonly createdAt: string, readonly failingSince: string | null, readonly lastDeliveredAt: string | null, readonly waiting: number, readonly behind: number } };

export type DeleteWebhookMutationVariables = Exact<{
  id: string;
}>;


export type DeleteWebhookMutation = { readonly __typename: 'Mutation', readonly deleteWebhook: boolean };

export type SendTestWebhookMutationVariables = Exact<{
  id: string;
}>;


export type SendTestWebhookMutation = { readonly __typename: 'Mutation', readonly sendTestWebhook: { readonly __typename: 'WebhookDelivery', readonly payload: string, readonly id: string, readonly type: string, readonly revision: number | null, readonly state: WebhookDeliveryState, readonly createdAt: string, readonly nextAttemptAt: string | null, readonly isTest: boolean, readonly attempts: ReadonlyArray<{ readonly __typename: 'WebhookAttempt', readonly at: string, readonly statusCode: number | null, readonly durationMs: number, readonly error: string | null, readonly response: string | null }> } };

export type ResendWebhookDeliveryMutationVariables = Exact<{
  id: string;
}>;


export type ResendWebhookDeliveryMutation = { readonly __typename: 'Mutation', readonly resendWebhookDelivery: { readonly __typename: 'WebhookDelivery', readonly payload: string, readonly id: string, readonly type: string, readonly revision: number | null, readonly state: WebhookDeliveryState, readonly createdAt: string, readonly nextAttemptAt: string | null, readonly isTest: boolean, readonly attempts: ReadonlyArray<{ readonly __typename: 'WebhookAttempt', readonly at: string, readonly statusCode: number | null, readonly durationMs: number, readonly error: string | null, readonly response: string | null }> } };

export const WebhooksDocument = operation<WebhooksQuery, WebhooksQueryVariables>(`query Webhooks {
  webhooks {
    ...WebhookParts
  }
}
fragment WebhookParts on Webhook {
  id
  name
  url
  kinds
  state
  disabledFor
  createdAt
  failingSince
  lastDeliveredAt
  waiting
  behind
}`);

export const WebhookDeliveriesDocument = operation<WebhookDeliveriesQuery, WebhookDeliveriesQueryVariables>(`query WebhookDeliveries($webhookId: ID!, $state: WebhookDeliveryState, $after: String) {
  webhookDeliveries(
    webhookId: $webhookId
    first: 50
    state: $state
    after: $after
  ) {
    nodes {
      ...WebhookDeliveryParts
    }
    hasNextPage
    endCursor
  }
}
fragment WebhookDeliveryParts on WebhookDelivery {
  id
  type
  revision
  state
  createdAt
  nextAttemptAt
  isTest
  attempts {
    at
    statusCode
    durationMs
    error
    response
  }
}`);

export const WebhookDeliveryDocument = operation<WebhookDeliveryQuery, WebhookDeliveryQueryVariables>(`query WebhookDelivery($id: ID!) {
  webhookDelivery(id: $id) {
    ...WebhookDeliveryParts
    payload
  }
}
fragment WebhookDeliveryParts on WebhookDelivery {
  id
  type
  revision
  state
  createdAt
  nextAttemptAt
  isTest
  attempts {
    at
    statusCode
    durationMs
    error
    response
  }
}`);

export const AddWebhookDocument = operation<AddWebhookMutation, AddWebhookMutationVariables>(`mutation AddWebhook($input: WebhookInput!) {
  addWebhook(input: $input) {
    webhook {
      ...WebhookParts
    }
    secret
  }
}
fragment WebhookParts on Webhook {
  id
  name
  url
  kinds
  state
  disabledFor
  createdAt
  failingSince
  lastDeliveredAt
  waiting
  behind
}`);

export const UpdateWebhookDocument = operation<UpdateWebhookMutation, UpdateWebhookMutationVariables>(`mutation UpdateWebhook($id: ID!, $input: WebhookInput!) {
  updateWebhook(id: $id, input: $input) {
    ...WebhookParts
  }
}
fragment WebhookParts on Webhook {
  id
  name
  url
  kinds
  state
  disabledFor
  createdAt
  failingSince
  lastDeliveredAt
  waiting
  behind
}`);

export const RotateWebhookSecretDocument = operation<RotateWebhookSecretMutation, RotateWebhookSecretMutationVariables>(`mutation RotateWebhookSecret($id: ID!) {
  rotateWebhookSecret(id: $id) {
    webhook {
      ...WebhookParts
    }
    secret
  }
}
fragment WebhookParts on Webhook {
  id
  name
  url
  kinds
  state
  disabledFor
  createdAt
  failingSince
  lastDeliveredAt
  waiting
  behind
}`);

export const PauseWebhookDocument = operation<PauseWebhookMutation, PauseWebhookMutationVariables>(`mutation PauseWebhook($id: ID!) {
  pauseWebhook(id: $id) {
    ...WebhookParts
  }
}
fragment WebhookParts on Webhook {
  id
  name
  url
  kinds
  state
  disabledFor
  createdAt
  failingSince
  lastDeliveredAt
  waiting
  behind
}`);

export const ResumeWebhookDocument = operation<ResumeWebhookMutation, ResumeWebhookMutationVariables>(`mutation ResumeWebhook($id: ID!) {
  resumeWebhook(id: $id) {
    ...WebhookParts
  }
}
fragment WebhookParts on Webhook {
  id
  name
  url
  kinds
  state
  disabledFor
  createdAt
  failingSince
  lastDeliveredAt
  waiting
  behind
}`);

export const DeleteWebhookDocument = operation<DeleteWebhookMutation, DeleteWebhookMutationVariables>(`mutation DeleteWebhook($id: ID!) {
  deleteWebhook(id: $id)
}`);

export const SendTestWebhookDocument = operation<SendTestWebhookMutation, SendTestWebhookMutationVariables>(`mutation SendTestWebhook($id: ID!) {
  sendTestWebhook(id: $id) {
    ...WebhookDeliveryParts
    payload
  }
}
fragment WebhookDeliveryParts on WebhookDelivery {
  id
  type
  revision
  state
  createdAt
  nextAttemptAt
  isTest
  attempts {
    at
    statusCode
    durationMs
    error
    response
  }
}`);

export const ResendWebhookDeliveryDocument = operation<ResendWebhookDeliveryMutation, ResendWebhookDeliveryMutationVariables>(`mutation ResendWebhookDelivery($id: ID!) {
  resendWebhookDelivery(id: $id) {
    ...WebhookDeliveryParts
    payload
  }
}
fragment WebhookDeliveryParts on WebhookDelivery {
  id
  type
  revision
  state
  createdAt
  nextAttemptAt
  isTest
  attempts {
    at
    statusCode
    durationMs
    error
    response
  }
}`);

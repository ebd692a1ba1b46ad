// Generated from the operations of this name by `npm run generate`. Not to be edited.
import { operation } from "./operation.ts";
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** The formats that calls come in. */
export type SourceKind =
  /** JSON of the product's own, for whatever can make an HTTP request. */
  | 'GENERIC'
  /** CDRs of Kamailio. */
  | 'KAMAILIO';

/** What became of something that a source sent. */
export type DeliveryVerdict =
  /** It was logged as a call. */
  | 'NEW'
  /** It told more about a call that was known. */
  | 'MERGED'
  /** It told nothing new about its call. */
  | 'DUPLICATE'
  /** The same delivery came before with other content; the first counts. */
  | 'CONFLICTING'
  /** It is kept, but is no call of the inbox. */
  | 'IGNORED'
  /** It could not be read. */
  | 'REFUSED';

export type SourcePartsFragment = { readonly __typename: 'SourceCard', readonly id: string, readonly name: string, readonly kind: SourceKind, readonly keyHint: string | null, readonly createdAt: string, readonly isDisabled: boolean, readonly lastEventAt: string | null, readonly eventsLastHour: number, readonly eventsLastDay: number, readonly errorsLastDay: number };

export type DeliveryPartsFragment = { readonly __typename: 'Delivery', readonly id: string, readonly sourceId: string, readonly verdict: DeliveryVerdict, readonly reason: string | null, readonly receivedAt: string, readonly size: number, readonly key: string | null, readonly isTest: boolean, readonly call: { readonly __typename: 'Call', readonly id: string } | null };

export type SourcesQueryVariables = Exact<{ [key: string]: never; }>;


export type SourcesQuery = { readonly __typename: 'Query', readonly sources: ReadonlyArray<{ readonly __typename: 'SourceCard', readonly id: string, readonly name: string, readonly kind: SourceKind, readonly keyHint: string | null, readonly createdAt: string, readonly isDisabled: boolean, readonly lastEventAt: string | null, readonly eventsLastHour: number, readonly eventsLastDay: number, readonly errorsLastDay: number }> };

export type SourceSetUpQueryVariables = Exact<{
  address: string;
}>;


export type SourceSetUpQuery = { readonly __typename: 'Query', readonly sources: ReadonlyArray<{ readonly __typename: 'SourceCard', readonly id: string, readonly setUp: string }> };

export type DeliveriesQueryVariables = Exact<{
  sourceId: string;
  verdict?: DeliveryVerdict | null | undefined;
  after?: string | null | undefined;
}>;


export type DeliveriesQuery = { readonly __typename: 'Query', readonly deliveries: { readonly __typename: 'DeliveryPage', readonly hasNextPage: boolean, readonly endCursor: string | null, readonly nodes: ReadonlyArray<{ readonly __typename: 'Delivery', readonly id: string, readonly sourceId: string, readonly verdict: DeliveryVerdict, readonly reason: string | null, readonly receivedAt: string, readonly size: number, readonly key: string | null, readonly isTest: boolean, readonly call: { readonly __typename: 'Call', readonly id: string } | null }> } };

export type DeliveryBodyQueryVariables = Exact<{
  id: string;
}>;


export type DeliveryBodyQuery = { readonly __typename: 'Query', readonly delivery: { readonly __typename: 'Delivery', readonly body: string | null, readonly id: string, readonly sourceId: string, readonly verdict: DeliveryVerdict, readonly reason: string | null, readonly receivedAt: string, readonly size: number, readonly key: string | null, readonly isTest: boolean, readonly call: { readonly __typename: 'Call', readonly id: string } | null } | null };

export type AddSourceMutationVariables = Exact<{
  name: string;
  kind: SourceKind;
}>;


export type AddSourceMutation = { readonly __typename: 'Mutation', readonly addSource: { readonly __typename: 'NewSource', readonly key: string, readonly source: { readonly __typename: 'SourceCard', readonly id: string, readonly name: string, readonly kind: SourceKind, readonly keyHint: string | null, readonly createdAt: string, readonly isDisabled: boolean, readonly lastEventAt: string | null, readonly eventsLastHour: number, readonly eventsLastDay: number, readonly errorsLastDay: number } } };

export type RenameSourceMutationVariables = Exact<{
  id: string;
  name: string;
}>;


export type RenameSourceMutation = { readonly __typename: 'Mutation', readonly renameSource: { readonly __typename: 'SourceCard', readonly id: string, readonly name: string, readonly kind: SourceKind, readonly keyHint: string | null, readonly createdAt: string, readonly isDisabled: boolean, readonly lastEventAt: string | null, readonly eventsLastHour: number, readonly eventsLastDay: number, readonly errorsLastDay: number } };

export type RotateSourceKeyMutationVariables = Exact<{
  id: string;
}>;


export type RotateSourceKeyMutation = { readonly __typename: 'Mutation', readonly rotateSourceKey: { readonly __typename: 'NewSource', readonly key: string, readonly source: { readonly __typename: 'SourceCard', readonly id: string, readonly name: string, readonly kind: SourceKind, readonly keyHint: string | null, readonly createdAt: string, readonly isDisabled: boolean, readonly lastEventAt: string | null, readonly eventsLastHour: number, readonly eventsLastDay: number, readonly errorsLastDay: number } } };

export type DisableSourceMutationVariables = Exact<{
  id: string;
}>;


export type DisableSourceMutation = { readonly __typename: 'Mutation', readonly disableSource: { readonly __typename: 'SourceCard', readonly id: string, readonly name: string, readonly kind: SourceKind, readonly keyHint: string | null, readonly createdAt: string, readonly isDisabled: boolean, readonly lastEventAt: string | null, readonly eventsLastHour: number, readonly eventsLastDay: number, readonly errorsLastDay: number } };

export type EnableSourceMutationVariables = Exact<{
  id: string;
}>;


export type EnableSourceMutation = { readonly __typename: 'Mutation', readonly enableSource: { readonly __typename: 'SourceCard', readonly id: string, readonly name: string, readonly kind: SourceKind, readonly keyHint: string | null, readonly createdAt: string, readonly isDisabled: boolean, readonly lastEventAt: string | null, readonly eventsLastHour: number, readonly eventsLastDay: number, readonly errorsLastDay: number } };

export type SendTestCallMutationVariables = Exact<{
  sourceId: string;
}>;


export type SendTestCallMutation = { readonly __typename: 'Mutation', readonly sendTestCall: { readonly __typename: 'Delivery', readonly id: string, readonly sourceId: string, readonly verdict: DeliveryVerdict, readonly reason: string | null, readonly receivedAt: string, readonly size: number, readonly key: string | null, readonly isTest: boolean, readonly call: { readonly __typename: 'Call', readonly id: string } | null } };

export type RemapDeliveryMutationVariables = Exact<{
  id: string;
}>;


export type RemapDeliveryMutation = { readonly __typename: 'Mutation', readonly remapDelivery: { readonly __typename: 'Delivery', readonly body: string | null, readonly id: string, readonly sourceId: string, readonly verdict: DeliveryVerdict, readonly reason: string | null, readonly receivedAt: string, readonly size: number, readonly key: string | null, readonly isTest: boolean, readonly call: { readonly __typename: 'Call', readonly id: string } | null } };

export type RemapSourceMutationVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type RemapSourceMutation = { readonly __typename: 'Mutation', readonly remapSource: { readonly __typename: 'RemapResult', readonly readCount: number, readonly changedCount: number, readonly cursor: string | null } };

export const SourcesDocument = operation<SourcesQuery, SourcesQueryVariables>(`query Sources {
  sources {
    ...SourceParts
  }
}
fragment SourceParts on SourceCard {
  id
  name
  kind
  keyHint
  createdAt
  isDisabled
  lastEventAt
  eventsLastHour
  eventsLastDay
  errorsLastDay
}`);

export const SourceSetUpDocument = operation<SourceSetUpQuery, SourceSetUpQueryVariables>(`query SourceSetUp($address: String!) {
  sources {
    id
    setUp(address: $address)
  }
}`);

export const DeliveriesDocument = operation<DeliveriesQuery, DeliveriesQueryVariables>(`query Deliveries($sourceId: ID!, $verdict: DeliveryVerdict, $after: String) {
  deliveries(sourceId: $sourceId, verdict: $verdict, first: 50, after: $after) {
    nodes {
      ...DeliveryParts
    }
    hasNextPage
    endCursor
  }
}
fragment DeliveryParts on Delivery {
  id
  sourceId
  verdict
  reason
  receivedAt
  size
  key
  isTest
  call {
    id
  }
}`);

export const DeliveryBodyDocument = operation<DeliveryBodyQuery, DeliveryBodyQueryVariables>(`query DeliveryBody($id: ID!) {
  delivery(id: $id) {
    ...DeliveryParts
    body
  }
}
fragment DeliveryParts on Delivery {
  id
  sourceId
  verdict
  reason
  receivedAt
  size
  key
  isTest
  call {
    id
  }
}`);

export const AddSourceDocument = operation<AddSourceMutation, AddSourceMutationVariables>(`mutation AddSource($name: String!, $kind: SourceKind!) {
  addSource(name: $name, kind: $kind) {
    source {
      ...SourceParts
    }
    key
  }
}
fragment SourceParts on SourceCard {
  id
  name
  kind
  keyHint
  createdAt
  isDisabled
  lastEventAt
  eventsLastHour
  eventsLastDay
  errorsLastDay
}`);

export const RenameSourceDocument = operation<RenameSourceMutation, RenameSourceMutationVariables>(`mutation RenameSource($id: ID!, $name: String!) {
  renameSource(id: $id, name: $name) {
    ...SourceParts
  }
}
fragment SourceParts on SourceCard {
  id
  name
  kind
  keyHint
  createdAt
  isDisabled
  lastEventAt
  eventsLastHour
  eventsLastDay
  errorsLastDay
}`);

export const RotateSourceKeyDocument = operation<RotateSourceKeyMutation, RotateSourceKeyMutationVariables>(`mutation RotateSourceKey($id: ID!) {
  rotateSourceKey(id: $id) {
    source {
      ...SourceParts
    }
    key
  }
}
fragment SourceParts on SourceCard {
  id
  name
  kind
  keyHint
  createdAt
  isDisabled
  lastEventAt
  eventsLastHour
  eventsLastDay
  errorsLastDay
}`);

export const DisableSourceDocument = operation<DisableSourceMutation, DisableSourceMutationVariables>(`mutation DisableSource($id: ID!) {
  disableSource(id: $id) {
    ...SourceParts
  }
}
fragment SourceParts on SourceCard {
  id
  name
  kind
  keyHint
  createdAt
  isDisabled
  lastEventAt
  eventsLastHour
  eventsLastDay
  errorsLastDay
}`);

export const EnableSourceDocument = operation<EnableSourceMutation, EnableSourceMutationVariables>(`mutation EnableSource($id: ID!) {
  enableSource(id: $id) {
    ...SourceParts
  }
}
fragment SourceParts on SourceCard {
  id
  name
  kind
  keyHint
  createdAt
  isDisabled
  lastEventAt
  eventsLastHour
  eventsLastDay
  errorsLastDay
}`);

export const SendTestCallDocument = operation<SendTestCallMutation, SendTestCallMutationVariables>(`mutation SendTestCall($sourceId: ID!) {
  sendTestCall(sourceId: $sourceId) {
    ...DeliveryParts
  }
}
fragment DeliveryParts on Delivery {
  id
  sourceId
  verdict
  reason
  receivedAt
  size
  key
  isTest
  call {
    id
  }
}`);

export const RemapDeliveryDocument = operation<RemapDeliveryMutation, RemapDeliveryMutationVariables>(`mutation RemapDelivery($id: ID!) {
  remapDelivery(id: $id) {
    ...DeliveryParts
    body
  }
}
fragment DeliveryParts on Delivery {
  id
  sourceId
  verdict
  reason
  receivedAt
  size
  key
  isTest
  call {
    id
  }
}`);

export const RemapSourceDocument = operation<RemapSourceMutation, RemapSourceMutationVariables>(`mutation RemapSource($id: ID!, $after: String) {
  remapSource(id: $id, after: $after) {
    readCount
    changedCount
    cursor
  }
}`);

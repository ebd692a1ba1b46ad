// Generated from the operations of this name by `npm run generate`. Not to be edited.
import { operation } from "./operation.ts";
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Who made the call that settled a missed one. */
export type ReturnedBy =
  /** Somebody of ours called the number, whatever came of it. */
  | 'CALLED_BACK'
  /** The caller called again and was answered. */
  | 'GOT_THROUGH';

/** What somebody may do in their workspace. */
export type Role =
  /** Everything, and decides who else may. */
  | 'ADMIN'
  /** Reads and works with calls. */
  | 'MEMBER'
  /** Reads, and changes nothing: mutations of calls are FORBIDDEN. */
  | 'READER';

/** What makes changes. */
export type ActorKind =
  /** A person. */
  | 'USER'
  /** A program, by its API key. */
  | 'KEY'
  /** A phone system. */
  | 'SOURCE'
  /** Ringback itself. */
  | 'SYSTEM';

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

/** Why nobody took a call. */
export type MissReason =
  /** It rang until somebody or something gave up. */
  | 'NO_ANSWER'
  /** The caller hung up. */
  | 'CALLER_HUNG_UP'
  /** The called side was busy. */
  | 'BUSY'
  /** The called side rejected it. */
  | 'REJECTED'
  /** It could not be put through. */
  | 'FAILED';

export type HistoryEntryFragment = { readonly __typename: 'Change', readonly cursor: string, readonly revision: number, readonly kind: ChangeKind, readonly at: string, readonly tag: string | null, readonly undoes: number | null, readonly actor: { readonly __typename: 'ChangeActor', readonly kind: ActorKind, readonly id: string | null, readonly name: string | null }, readonly note: { readonly __typename: 'Note', readonly content: string } | null, readonly noteBefore: { readonly __typename: 'Note', readonly content: string } | null, readonly assigneeBefore: { readonly __typename: 'Person', readonly username: string } | null, readonly call: { readonly __typename: 'Call', readonly assignee: { readonly __typename: 'Person', readonly username: string } | null } };

export type NumberTextFragment = { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean };

export type CallDetailsQueryVariables = Exact<{
  id: number;
}>;


export type CallDetailsQuery = { readonly __typename: 'Query', readonly call: { readonly __typename: 'Call', readonly id: string, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string, readonly company: string | null } | null, readonly legs: ReadonlyArray<{ readonly __typename: 'CallLeg', readonly sourceId: string, readonly startedAt: string | null, readonly answeredAt: string | null, readonly endedAt: string | null, readonly ringTime: number | null, readonly talkTime: number | null, readonly missReason: MissReason | null, readonly missText: string | null }> } | null };

export type CallHistoryQueryVariables = Exact<{
  id: number;
  first: number;
}>;


export type CallHistoryQuery = { readonly __typename: 'Query', readonly call: { readonly __typename: 'Call', readonly id: string, readonly history: { readonly __typename: 'ActivityPage', readonly hasNextPage: boolean, readonly endCursor: string | null, readonly nodes: ReadonlyArray<{ readonly __typename: 'Change', readonly cursor: string, readonly revision: number, readonly kind: ChangeKind, readonly at: string, readonly tag: string | null, readonly undoes: number | null, readonly actor: { readonly __typename: 'ChangeActor', readonly kind: ActorKind, readonly id: string | null, readonly name: string | null }, readonly note: { readonly __typename: 'Note', readonly content: string } | null, readonly noteBefore: { readonly __typename: 'Note', readonly content: string } | null, readonly assigneeBefore: { readonly __typename: 'Person', readonly username: string } | null, readonly call: { readonly __typename: 'Call', readonly assignee: { readonly __typename: 'Person', readonly username: string } | null } }> } } | null };

export type RawDeliveriesQueryVariables = Exact<{
  id: number;
}>;


export type RawDeliveriesQuery = { readonly __typename: 'Query', readonly call: { readonly __typename: 'Call', readonly id: string, readonly rawDeliveries: ReadonlyArray<{ readonly __typename: 'Delivery', readonly id: string, readonly verdict: DeliveryVerdict, readonly reason: string | null, readonly receivedAt: string, readonly size: number, readonly key: string | null, readonly body: string | null }> | null } | null };

export type TeamQueryVariables = Exact<{ [key: string]: never; }>;


export type TeamQuery = { readonly __typename: 'Query', readonly me: { readonly __typename: 'UserType', readonly id: string, readonly username: string, readonly role: Role } };

export type EditNoteMutationVariables = Exact<{
  id: string;
  content: string;
  ifRevision?: number | null | undefined;
}>;


export type EditNoteMutation = { readonly __typename: 'Mutation', readonly editNote: { readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly unreturned: boolean, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly return: { readonly __typename: 'CallReturn', readonly by: ReturnedBy, readonly callId: string, readonly at: string, readonly after: number } | null, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } } };

export type DeleteNoteMutationVariables = Exact<{
  id: string;
}>;


export type DeleteNoteMutation = { readonly __typename: 'Mutation', readonly deleteNote: { readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly unreturned: boolean, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly return: { readonly __typename: 'CallReturn', readonly by: ReturnedBy, readonly callId: string, readonly at: string, readonly after: number } | null, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } } };

export type UndoCallChangeMutationVariables = Exact<{
  revision: number;
}>;


export type UndoCallChangeMutation = { readonly __typename: 'Mutation', readonly undoChange: { readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly unreturned: boolean, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly return: { readonly __typename: 'CallReturn', readonly by: ReturnedBy, readonly callId: string, readonly at: string, readonly after: number } | null, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } } };

export type TagCallMutationVariables = Exact<{
  id: string;
  tag: string;
}>;


export type TagCallMutation = { readonly __typename: 'Mutation', readonly addTag: { readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly unreturned: boolean, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly return: { readonly __typename: 'CallReturn', readonly by: ReturnedBy, readonly callId: string, readonly at: string, readonly after: number } | null, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } } };

export type UntagCallMutationVariables = Exact<{
  id: string;
  tag: string;
}>;


export type UntagCallMutation = { readonly __typename: 'Mutation', readonly removeTag: { readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly unreturned: boolean, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly return: { readonly __typename: 'CallReturn', readonly by: ReturnedBy, readonly callId: string, readonly at: string, readonly after: number } | null, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } } };

export type AssignOneCallMutationVariables = Exact<{
  id: string;
  userId?: string | null | undefined;
}>;


export type AssignOneCallMutation = { readonly __typename: 'Mutation', readonly assignCall: { readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly unreturned: boolean, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly return: { readonly __typename: 'CallReturn', readonly by: ReturnedBy, readonly callId: string, readonly at: string, readonly after: number } | null, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } } };

export type SetOneArchivedMutationVariables = Exact<{
  id: string;
  ifRevision?: number | null | undefined;
}>;


export type SetOneArchivedMutation = { readonly __typename: 'Mutation', readonly archiveCall: { readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly unreturned: boolean, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly return: { readonly __typename: 'CallReturn', readonly by: ReturnedBy, readonly callId: string, readonly at: string, readonly after: number } | null, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } } };

export type CallsOfNumberQueryVariables = Exact<{
  number: string;
  first: number;
}>;


export type CallsOfNumberQuery = { readonly __typename: 'Query', readonly calls: { readonly __typename: 'CallConnection', readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly unreturned: boolean, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly return: { readonly __typename: 'CallReturn', readonly by: ReturnedBy, readonly callId: string, readonly at: string, readonly after: number } | null, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } }> } };

export type CallRowFragment = { readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly unreturned: boolean, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly return: { readonly __typename: 'CallReturn', readonly by: ReturnedBy, readonly callId: string, readonly at: string, readonly after: number } | null, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } };

export const CallDetailsDocument = operation<CallDetailsQuery, CallDetailsQueryVariables>(`query CallDetails($id: Float!) {
  call(id: $id) {
    id
    contact {
      id
      name
      company
    }
    legs {
      sourceId
      startedAt
      answeredAt
      endedAt
      ringTime
      talkTime
      missReason
      missText
    }
  }
}`);

export const CallHistoryDocument = operation<CallHistoryQuery, CallHistoryQueryVariables>(`query CallHistory($id: Float!, $first: Int!) {
  call(id: $id) {
    id
    history(first: $first) {
      nodes {
        ...HistoryEntry
      }
      hasNextPage
      endCursor
    }
  }
}
fragment HistoryEntry on Change {
  cursor
  revision
  kind
  at
  actor {
    kind
    id
    name
  }
  note {
    content
  }
  noteBefore {
    content
  }
  tag
  assigneeBefore {
    username
  }
  undoes
  call {
    assignee {
      username
    }
  }
}`);

export const RawDeliveriesDocument = operation<RawDeliveriesQuery, RawDeliveriesQueryVariables>(`query RawDeliveries($id: Float!) {
  call(id: $id) {
    id
    rawDeliveries {
      id
      verdict
      reason
      receivedAt
      size
      key
      body
    }
  }
}`);

export const TeamDocument = operation<TeamQuery, TeamQueryVariables>(`query Team {
  me {
    id
    username
    role
  }
}`);

export const EditNoteDocument = operation<EditNoteMutation, EditNoteMutationVariables>(`mutation EditNote($id: ID!, $content: String!, $ifRevision: Float) {
  editNote(id: $id, content: $content, ifRevision: $ifRevision) {
    ...CallRow
  }
}
fragment CallRow on Call {
  __typename
  id
  direction
  from
  to
  duration
  is_archived
  call_type
  via
  created_at
  revision
  tags
  assignee {
    __typename
    id
    username
  }
  notes {
    __typename
    id
    content
    createdAt
    editedAt
    author {
      __typename
      id
      username
    }
  }
  unreturned
  return {
    __typename
    by
    callId
    at
    after
  }
  contact {
    __typename
    id
    name
  }
  fromNumber {
    ...NumberText
  }
  toNumber {
    ...NumberText
  }
}
fragment NumberText on PhoneNumber {
  __typename
  e164
  international
  national
  country
  isWithheld
}`);

export const DeleteNoteDocument = operation<DeleteNoteMutation, DeleteNoteMutationVariables>(`mutation DeleteNote($id: ID!) {
  deleteNote(id: $id) {
    ...CallRow
  }
}
fragment CallRow on Call {
  __typename
  id
  direction
  from
  to
  duration
  is_archived
  call_type
  via
  created_at
  revision
  tags
  assignee {
    __typename
    id
    username
  }
  notes {
    __typename
    id
    content
    createdAt
    editedAt
    author {
      __typename
      id
      username
    }
  }
  unreturned
  return {
    __typename
    by
    callId
    at
    after
  }
  contact {
    __typename
    id
    name
  }
  fromNumber {
    ...NumberText
  }
  toNumber {
    ...NumberText
  }
}
fragment NumberText on PhoneNumber {
  __typename
  e164
  international
  national
  country
  isWithheld
}`);

export const UndoCallChangeDocument = operation<UndoCallChangeMutation, UndoCallChangeMutationVariables>(`mutation UndoCallChange($revision: Float!) {
  undoChange(revision: $revision) {
    ...CallRow
  }
}
fragment CallRow on Call {
  __typename
  id
  direction
  from
  to
  duration
  is_archived
  call_type
  via
  created_at
  revision
  tags
  assignee {
    __typename
    id
    username
  }
  notes {
    __typename
    id
    content
    createdAt
    editedAt
    author {
      __typename
      id
      username
    }
  }
  unreturned
  return {
    __typename
    by
    callId
    at
    after
  }
  contact {
    __typename
    id
    name
  }
  fromNumber {
    ...NumberText
  }
  toNumber {
    ...NumberText
  }
}
fragment NumberText on PhoneNumber {
  __typename
  e164
  international
  national
  country
  isWithheld
}`);

export const TagCallDocument = operation<TagCallMutation, TagCallMutationVariables>(`mutation TagCall($id: ID!, $tag: String!) {
  addTag(id: $id, tag: $tag) {
    ...CallRow
  }
}
fragment CallRow on Call {
  __typename
  id
  direction
  from
  to
  duration
  is_archived
  call_type
  via
  created_at
  revision
  tags
  assignee {
    __typename
    id
    username
  }
  notes {
    __typename
    id
    content
    createdAt
    editedAt
    author {
      __typename
      id
      username
    }
  }
  unreturned
  return {
    __typename
    by
    callId
    at
    after
  }
  contact {
    __typename
    id
    name
  }
  fromNumber {
    ...NumberText
  }
  toNumber {
    ...NumberText
  }
}
fragment NumberText on PhoneNumber {
  __typename
  e164
  international
  national
  country
  isWithheld
}`);

export const UntagCallDocument = operation<UntagCallMutation, UntagCallMutationVariables>(`mutation UntagCall($id: ID!, $tag: String!) {
  removeTag(id: $id, tag: $tag) {
    ...CallRow
  }
}
fragment CallRow on Call {
  __typename
  id
  direction
  from
  to
  duration
  is_archived
  call_type
  via
  created_at
  revision
  tags
  assignee {
    __typename
    id
    username
  }
  notes {
    __typename
    id
    content
    createdAt
    editedAt
    author {
      __typename
      id
      username
    }
  }
  unreturned
  return {
    __typename
    by
    callId
    at
    after
  }
  contact {
    __typename
    id
    name
  }
  fromNumber {
    ...NumberText
  }
  toNumber {
    ...NumberText
  }
}
fragment NumberText on PhoneNumber {
  __typename
  e164
  international
  national
  country
  isWithheld
}`);

export const AssignOneCallDocument = operation<AssignOneCallMutation, AssignOneCallMutationVariables>(`mutation AssignOneCall($id: ID!, $userId: ID) {
  assignCall(id: $id, userId: $userId) {
    ...CallRow
  }
}
fragment CallRow on Call {
  __typename
  id
  direction
  from
  to
  duration
  is_archived
  call_type
  via
  created_at
  revision
  tags
  assignee {
    __typename
    id
    username
  }
  notes {
    __typename
    id
    content
    createdAt
    editedAt
    author {
      __typename
      id
      username
    }
  }
  unreturned
  return {
    __typename
    by
    callId
    at
    after
  }
  contact {
    __typename
    id
    name
  }
  fromNumber {
    ...NumberText
  }
  toNumber {
    ...NumberText
  }
}
fragment NumberText on PhoneNumber {
  __typename
  e164
  international
  national
  country
  isWithheld
}`);

export const SetOneArchivedDocument = operation<SetOneArchivedMutation, SetOneArchivedMutationVariables>(`mutation SetOneArchived($id: ID!, $ifRevision: Float) {
  archiveCall(id: $id, ifRevision: $ifRevision) {
    ...CallRow
  }
}
fragment CallRow on Call {
  __typename
  id
  direction
  from
  to
  duration
  is_archived
  call_type
  via
  created_at
  revision
  tags
  assignee {
    __typename
    id
    username
  }
  notes {
    __typename
    id
    content
    createdAt
    editedAt
    author {
      __typename
      id
      username
    }
  }
  unreturned
  return {
    __typename
    by
    callId
    at
    after
  }
  contact {
    __typename
    id
    name
  }
  fromNumber {
    ...NumberText
  }
  toNumber {
    ...NumberText
  }
}
fragment NumberText on PhoneNumber {
  __typename
  e164
  international
  national
  country
  isWithheld
}`);

export const CallsOfNumberDocument = operation<CallsOfNumberQuery, CallsOfNumberQueryVariables>(`query CallsOfNumber($number: String!, $first: Int!) {
  calls(first: $first, filter: {number: $number}) {
    nodes {
      ...CallRow
    }
    totalCount
  }
}
fragment CallRow on Call {
  __typename
  id
  direction
  from
  to
  duration
  is_archived
  call_type
  via
  created_at
  revision
  tags
  assignee {
    __typename
    id
    username
  }
  notes {
    __typename
    id
    content
    createdAt
    editedAt
    author {
      __typename
      id
      username
    }
  }
  unreturned
  return {
    __typename
    by
    callId
    at
    after
  }
  contact {
    __typename
    id
    name
  }
  fromNumber {
    ...NumberText
  }
  toNumber {
    ...NumberText
  }
}
fragment NumberText on PhoneNumber {
  __typename
  e164
  international
  national
  country
  isWithheld
}`);

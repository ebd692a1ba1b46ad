// Generated from the operations of this name by `npm run generate`. Not to be edited.
import { gql } from "@urql/core";
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** What a mutation of many did to one of them. */
export type CallOutcome =
  /** It was changed. */
  | 'CHANGED'
  /** It was so already. */
  | 'UNCHANGED'
  /** There is no call with this id. */
  | 'NOT_FOUND'
  /** It was altered after `ifRevision` and left alone. */
  | 'CONFLICT';

export type SetCallsArchivedMutationVariables = Exact<{
  ids: ReadonlyArray<string> | string;
  archived: boolean;
}>;


export type SetCallsArchivedMutation = { readonly __typename: 'Mutation', readonly setCallsArchived: { readonly __typename: 'SetCallsArchivedResult', readonly results: ReadonlyArray<{ readonly __typename: 'CallResult', readonly id: string, readonly outcome: CallOutcome, readonly call: { readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } } | null }> } };

export type AddTagMutationVariables = Exact<{
  id: string;
  tag: string;
}>;


export type AddTagMutation = { readonly __typename: 'Mutation', readonly addTag: { readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } } };

export type RemoveTagMutationVariables = Exact<{
  id: string;
  tag: string;
}>;


export type RemoveTagMutation = { readonly __typename: 'Mutation', readonly removeTag: { readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } } };

export type AssignCallMutationVariables = Exact<{
  id: string;
  userId?: string | null | undefined;
}>;


export type AssignCallMutation = { readonly __typename: 'Mutation', readonly assignCall: { readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } } };

export type UndoChangeMutationVariables = Exact<{
  revision: number;
}>;


export type UndoChangeMutation = { readonly __typename: 'Mutation', readonly undoChange: { readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } } };

export type PeopleQueryVariables = Exact<{ [key: string]: never; }>;


export type PeopleQuery = { readonly __typename: 'Query', readonly users: ReadonlyArray<{ readonly __typename: 'UserType', readonly id: string, readonly username: string, readonly isDisabled: boolean }> };

export type SavedViewsQueryVariables = Exact<{ [key: string]: never; }>;


export type SavedViewsQuery = { readonly __typename: 'Query', readonly views: ReadonlyArray<{ readonly __typename: 'SavedView', readonly id: string, readonly name: string, readonly query: string, readonly isShared: boolean, readonly isOwn: boolean }> };

export type SaveViewMutationVariables = Exact<{
  name: string;
  query: string;
  shared: boolean;
}>;


export type SaveViewMutation = { readonly __typename: 'Mutation', readonly saveView: { readonly __typename: 'SavedView', readonly id: string, readonly name: string, readonly query: string, readonly isShared: boolean, readonly isOwn: boolean } };

export type DeleteViewMutationVariables = Exact<{
  id: string;
}>;


export type DeleteViewMutation = { readonly __typename: 'Mutation', readonly deleteView: boolean };

export type CallRowFragment = { readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } };

export type NumberTextFragment = { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean };

export const SetCallsArchivedDocument = gql<SetCallsArchivedMutation, SetCallsArchivedMutationVariables>(`mutation SetCallsArchived($ids: [ID!]!, $archived: Boolean!) {
  setCallsArchived(ids: $ids, archived: $archived) {
    results {
      id
      outcome
      call {
        ...CallRow
      }
    }
  }
}
fragment CallRow on Call {
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
    id
    username
  }
  notes {
    id
    content
    createdAt
    editedAt
    author {
      id
      username
    }
  }
  contact {
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
  e164
  international
  national
  country
  isWithheld
}`);

export const AddTagDocument = gql<AddTagMutation, AddTagMutationVariables>(`mutation AddTag($id: ID!, $tag: String!) {
  addTag(id: $id, tag: $tag) {
    ...CallRow
  }
}
fragment CallRow on Call {
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
    id
    username
  }
  notes {
    id
    content
    createdAt
    editedAt
    author {
      id
      username
    }
  }
  contact {
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
  e164
  international
  national
  country
  isWithheld
}`);

export const RemoveTagDocument = gql<RemoveTagMutation, RemoveTagMutationVariables>(`mutation RemoveTag($id: ID!, $tag: String!) {
  removeTag(id: $id, tag: $tag) {
    ...CallRow
  }
}
fragment CallRow on Call {
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
    id
    username
  }
  notes {
    id
    content
    createdAt
    editedAt
    author {
      id
      username
    }
  }
  contact {
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
  e164
  international
  national
  country
  isWithheld
}`);

export const AssignCallDocument = gql<AssignCallMutation, AssignCallMutationVariables>(`mutation AssignCall($id: ID!, $userId: ID) {
  assignCall(id: $id, userId: $userId) {
    ...CallRow
  }
}
fragment CallRow on Call {
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
    id
    username
  }
  notes {
    id
    content
    createdAt
    editedAt
    author {
      id
      username
    }
  }
  contact {
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
  e164
  international
  national
  country
  isWithheld
}`);

export const UndoChangeDocument = gql<UndoChangeMutation, UndoChangeMutationVariables>(`mutation UndoChange($revision: Float!) {
  undoChange(revision: $revision) {
    ...CallRow
  }
}
fragment CallRow on Call {
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
    id
    username
  }
  notes {
    id
    content
    createdAt
    editedAt
    author {
      id
      username
    }
  }
  contact {
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
  e164
  international
  national
  country
  isWithheld
}`);

export const PeopleDocument = gql<PeopleQuery, PeopleQueryVariables>(`query People {
  users {
    id
    username
    isDisabled
  }
}`);

export const SavedViewsDocument = gql<SavedViewsQuery, SavedViewsQueryVariables>(`query SavedViews {
  views {
    id
    name
    query
    isShared
    isOwn
  }
}`);

export const SaveViewDocument = gql<SaveViewMutation, SaveViewMutationVariables>(`mutation SaveView($name: String!, $query: String!, $shared: Boolean!) {
  saveView(name: $name, query: $query, shared: $shared) {
    id
    name
    query
    isShared
    isOwn
  }
}`);

export const DeleteViewDocument = gql<DeleteViewMutation, DeleteViewMutationVariables>(`mutation DeleteView($id: ID!) {
  deleteView(id: $id)
}`);

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

/** A note to add. */
export type AddNoteInput = {
  /** The call's id. */
  readonly activityId: string;
  /** The text: not blank, at most 10,000 characters. Kept exactly as given. */
  readonly content: string;
};

export type CallRowFragment = { readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly unreturned: boolean, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly return: { readonly __typename: 'CallReturn', readonly by: ReturnedBy, readonly callId: string, readonly at: string, readonly after: number } | null, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } };

export type OneCallQueryVariables = Exact<{
  id: number;
}>;


export type OneCallQuery = { readonly __typename: 'Query', readonly call: { readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly unreturned: boolean, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly return: { readonly __typename: 'CallReturn', readonly by: ReturnedBy, readonly callId: string, readonly at: string, readonly after: number } | null, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } } | null };

export type AddNoteMutationVariables = Exact<{
  input: AddNoteInput;
}>;


export type AddNoteMutation = { readonly __typename: 'Mutation', readonly addNote: { readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly unreturned: boolean, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly return: { readonly __typename: 'CallReturn', readonly by: ReturnedBy, readonly callId: string, readonly at: string, readonly after: number } | null, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } } };

export type NumberTextFragment = { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean };

export const OneCallDocument = operation<OneCallQuery, OneCallQueryVariables>(`query OneCall($id: Float!) {
  call(id: $id) {
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

export const AddNoteDocument = operation<AddNoteMutation, AddNoteMutationVariables>(`mutation AddNote($input: AddNoteInput!) {
  addNote(input: $input) {
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

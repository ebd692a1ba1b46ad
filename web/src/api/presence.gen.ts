// Generated from the operations of this name by `npm run generate`. Not to be edited.
import { operation } from "./operation.ts";
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type WhoIsWhereSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type WhoIsWhereSubscription = { readonly __typename: 'Subscription', readonly presence: ReadonlyArray<{ readonly __typename: 'Presence', readonly callId: string, readonly isWriting: boolean, readonly since: string, readonly person: { readonly __typename: 'Person', readonly id: string, readonly username: string } }> };

export type AtCallMutationVariables = Exact<{
  tab: string;
  id?: string | null | undefined;
  isWriting: boolean;
}>;


export type AtCallMutation = { readonly __typename: 'Mutation', readonly atCall: boolean };

export const WhoIsWhereDocument = operation<WhoIsWhereSubscription, WhoIsWhereSubscriptionVariables>(`subscription WhoIsWhere {
  presence {
    person {
      id
      username
    }
    callId
    isWriting
    since
  }
}`);

export const AtCallDocument = operation<AtCallMutation, AtCallMutationVariables>(`mutation AtCall($tab: ID!, $id: ID, $isWriting: Boolean!) {
  atCall(tab: $tab, id: $id, isWriting: $isWriting)
}`);

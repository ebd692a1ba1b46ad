/** The part of the documented API that the workloads use, for the alternatives that are written schema first. */
export const typeDefs = /* GraphQL */ `
  type Query {
    paginatedCalls(offset: Float = 0, limit: Float = 10): PaginatedCalls!
    call(id: Float!): Call
  }
  type Mutation {
    archiveCall(id: ID!): Call!
    addNote(input: AddNoteInput!): Call!
  }
  type Subscription {
    onUpdateCall: Call!
  }
  type PaginatedCalls {
    nodes: [Call!]
    totalCount: Int!
    hasNextPage: Boolean!
  }
  type Call {
    id: ID!
    direction: String!
    from: String!
    to: String!
    duration: Float!
    is_archived: Boolean!
    call_type: String!
    via: String!
    created_at: String!
    notes: [Note!]!
  }
  type Note {
    id: ID!
    content: String!
  }
  input AddNoteInput {
    activityId: ID!
    content: String!
  }
`;

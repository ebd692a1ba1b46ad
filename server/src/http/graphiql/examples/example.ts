/** A tab that GraphiQL opens with; its title is the operation's name. */
export type Example = { readonly query: string; readonly variables?: string };

/** A tab with this document and these variables. */
export function example(query: string, variables?: object): Example {
  return variables === undefined ? { query } : { query, variables: JSON.stringify(variables, null, 2) };
}

import type { AnyVariables, TypedDocumentNode } from "@urql/core";
import { client } from "./client.ts";
import { failureFrom } from "./failure.ts";
import { RequestFailure } from "./post.ts";

/** Does one mutation; its answer. @throws RequestFailure */
export async function mutate<Answer, Variables extends AnyVariables>(
  document: TypedDocumentNode<Answer, Variables>,
  variables: Variables,
): Promise<Answer> {
  const { data, error } = await client.mutation(document, variables).toPromise();
  if (error !== undefined) throw failureFrom(error);
  if (data === undefined) throw new RequestFailure("UNAVAILABLE", "The server's answer was empty.");
  return data;
}

import { type AnyVariables, createRequest, type TypedDocumentNode } from "@urql/core";

/**
 * An operation that is parsed when it is first used: a page has dozens of them and asks for ten, and while it parses the others
 * nothing can be drawn.
 */
export function operation<Data, Variables>(text: string): TypedDocumentNode<Data, Variables> {
  let parsed: Keyed<Data, Variables> | null = null;
  const node = () => (parsed ??= createRequest<Data, AnyVariables>(text, {}).query as Keyed<Data, Variables>);
  return {
    // The value of graphql's Kind.DOCUMENT, which is not at hand in a bundle.
    kind: "Document",
    get definitions() {
      return node().definitions;
    },
    get loc() {
      return node().loc;
    },
    get __key() {
      return node().__key;
    },
  } as Keyed<Data, Variables>;
}

/** With the number that urql knows it by; where it is missing the operation is printed to find out. */
type Keyed<Data, Variables> = TypedDocumentNode<Data, Variables> & { readonly __key: number };

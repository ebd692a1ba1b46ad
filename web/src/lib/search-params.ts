/** A text of the URL's search part under its name, or nothing; for `validateSearch` of a route. */
export function textOf<Name extends string>(
  search: Readonly<Record<string, unknown>>,
  name: Name,
): { readonly [key in Name]?: string } {
  const value = search[name];
  // The router reads digits as numbers, before anybody can say otherwise.
  const text = typeof value === "number" || typeof value === "boolean" ? String(value) : value;
  return (typeof text === "string" && text !== "" ? { [name]: text } : {}) as { readonly [key in Name]?: string };
}

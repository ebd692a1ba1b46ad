/** Whether one of these calls is anywhere in the data of an answer. */
export function holdsCall(data: unknown, ids: ReadonlySet<string>): boolean {
  if (Array.isArray(data)) return data.some((part) => holdsCall(part, ids));
  if (typeof data !== "object" || data === null) return false;
  const { __typename: type, id } = data as { readonly __typename?: unknown; readonly id?: unknown };
  if (type === "Call" && typeof id === "string" && ids.has(id)) return true;
  return Object.values(data).some((part) => holdsCall(part, ids));
}

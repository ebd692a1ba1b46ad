type Row = { readonly __typename: "Call"; readonly id: string; readonly revision: number };

/**
 * Answers to queries of different times, with each call in them as the newest of them has it: whoever takes them in, in whatever
 * order, ends with that. Only whole rows are looked at, which have `is_archived`.
 */
export function withNewestRows<Answer extends { readonly data: object }>(
  answers: readonly Answer[],
): readonly Answer[] {
  const newest = new Map<string, Row>();
  const find = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if (isRow(value) && value.revision > (newest.get(value.id)?.revision ?? -1)) newest.set(value.id, value);
    for (const part of Object.values(value)) find(part);
  };
  const replaced = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replaced);
    if (typeof value !== "object" || value === null) return value;
    if (isRow(value)) return newest.get(value.id);
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, replaced(part)]));
  };
  for (const { data } of answers) find(data);
  return answers.map((answer) => ({ ...answer, data: replaced(answer.data) as Answer["data"] }));
}

function isRow(value: object): value is Row {
  return "__typename" in value && value.__typename === "Call" && "is_archived" in value;
}

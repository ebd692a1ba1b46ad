/** Deepest nesting that {@link canonicalJson} writes out; nothing that describes a call needs more than three. */
const depthMax = 32;

/**
 * JSON with the keys of objects in code unit order and no spaces: equal for equal content, whatever the order it came in.
 * What lies deeper than 32 levels is written as `"…"`, so that no input can exhaust the stack.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (depth >= depthMax) return '"…"';
  if (Array.isArray(value)) return `[${value.map((item: unknown) => canonicalJson(item, depth + 1)).join(",")}]`;
  const record = value as Readonly<Record<string, unknown>>;
  let text = "";
  for (const key of Object.keys(record).sort()) {
    const item = record[key];
    if (item === undefined) continue;
    text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(item, depth + 1)}`;
  }
  return `{${text}}`;
}

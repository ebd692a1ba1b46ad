/** What came of a whole run. */
export type TestSummary = {
  readonly success: boolean;
  readonly counts: Readonly<
    Record<"tests" | "suites" | "passed" | "failed" | "cancelled" | "skipped" | "todo", number>
  >;
};

type Event = { readonly type: string; readonly data: TestSummary & { readonly file?: string } };

/** A reporter of node:test that says nothing but the {@link TestSummary} at the end, as JSON. */
// oxlint-disable-next-line import/no-default-export -- where node:test looks for a reporter
export default async function* reportSummary(events: AsyncIterable<Event>): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    if (type !== "test:summary" || data.file !== undefined) continue;
    yield JSON.stringify({ success: data.success, counts: data.counts });
  }
}

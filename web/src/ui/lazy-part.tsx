import { type ComponentType, type ReactNode, Suspense, use, useState } from "react";

/** Of all parts: fetches the code of one. */
const fetches: (() => Promise<void>)[] = [];

/**
 * A part whose code is not among the first that a page needs: fetched when the part is drawn, or before by `fetchParts`. Once the
 * code is there it is drawn at once, like any other.
 * @param meanwhile what stands in its place until then
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  meanwhile: (props: Props) => ReactNode = () => null,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  let loading: Promise<void> | null = null;
  const fetchNow = async () => {
    try {
      loaded = await load();
    } catch (error) {
      // The next one who asks tries again.
      loading = null;
      throw error;
    }
  };
  const fetchIt = () => (loading ??= fetchNow());
  fetches.push(fetchIt);

  function Waited(props: Props) {
    if (loaded === null) use(fetchIt());
    const Part = loaded;
    return Part === null ? null : <Part {...props} />;
  }
  return function LazyPart(props: Props) {
    // Looked at once: a part that had to wait stays in its place, or it would begin anew, without what was typed into it.
    const [Part] = useState(() => loaded);
    if (Part !== null) return <Part {...props} />;
    return (
      <Suspense fallback={meanwhile(props)}>
        <Waited {...props} />
      </Suspense>
    );
  };
}

/** Fetches the code of all parts that are known by now, so that they are there when they are asked for, connection or not. */
export function fetchParts(): void {
  for (const fetchIt of fetches) fetchIt().catch(() => {});
}

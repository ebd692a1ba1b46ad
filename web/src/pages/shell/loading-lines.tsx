import { Skeleton, Waiting } from "../../ui/states.tsx";

/** Stands in for cards or rows that are being fetched. */
export function LoadingLines({ what, count = 3 }: { readonly what: string; readonly count?: number }) {
  return (
    <Waiting what={what.toLowerCase()}>
      <div className="flex flex-col gap-3 p-4">
        {Array.from({ length: count }, (_, line) => (
          // oxlint-disable-next-line react/no-array-index-key -- they are all alike
          <div key={line} className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4">
            <Skeleton className="h-4 w-40" />
            <Skeleton className="h-3.5 w-64 max-w-full" />
          </div>
        ))}
      </div>
    </Waiting>
  );
}

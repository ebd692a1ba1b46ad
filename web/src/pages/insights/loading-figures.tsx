import { Skeleton, Waiting } from "../../ui/states.tsx";

/** Tiles and charts as grey shapes of the same sizes, so that nothing jumps when the figures come. */
export function LoadingFigures() {
  return (
    <Waiting what="the figures">
      <div className="flex flex-col gap-3">
        <div className="grid grid-cols-2 gap-3 wide:grid-cols-3 xwide:grid-cols-6">
          {["calls", "missed", "open", "to call back", "time", "voicemail"].map((tile) => (
            <div key={tile} className="flex h-28 flex-col gap-2 rounded-lg border border-line bg-surface p-4">
              <Skeleton className="h-3.5 w-20" />
              <Skeleton className="h-6 w-16" />
              <Skeleton className="h-3.5 w-28 max-w-full" />
            </div>
          ))}
        </div>
        <div className="flex h-72 flex-col gap-2 rounded-lg border border-line bg-surface p-4">
          <Skeleton className="h-4 w-32" />
          <Skeleton className="h-3.5 w-72 max-w-full" />
          <Skeleton className="mt-3 w-full flex-1" />
        </div>
      </div>
    </Waiting>
  );
}

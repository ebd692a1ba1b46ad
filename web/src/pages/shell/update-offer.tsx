import { useEffect } from "react";
import { isOutdated, keepApp } from "../../api/updates.ts";
import { announce } from "../../ui/announce.tsx";
import { Button } from "../../ui/button.tsx";
import { useStore } from "../../ui/use-store.ts";

/** Stays until the page is loaded anew, which is left to the person: nothing that is typed may go. */
export function UpdateOffer() {
  const isShown = useStore(isOutdated);
  useEffect(() => keepApp(), []);
  useEffect(() => {
    if (isShown) announce("The server was updated. Reload to get the new version.");
  }, [isShown]);
  if (!isShown) return null;
  return (
    <div
      role="group"
      data-covered
      aria-label="New version"
      className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-selected px-4 py-1 text-base"
    >
      <span>The server was updated. What you see still works.</span>
      <Button size="sm" onClick={() => location.reload()}>
        Reload
      </Button>
    </div>
  );
}

import { useEffect, useRef } from "react";
import { live } from "../../api/live.ts";
import { useStore } from "../../ui/use-store.ts";

/** Fetches again when the connection is back and the last try had failed, and after changes were missed for good. */
export function useRefetch(hasFailed: boolean, fetchAgain: () => void): void {
  const { status } = useStore(live.connection);
  const newest = useRef(fetchAgain);
  useEffect(() => {
    newest.current = fetchAgain;
  });
  useEffect(() => live.onGap(() => newest.current()), []);
  useEffect(() => {
    if (status === "live" && hasFailed) newest.current();
    // oxlint-disable-next-line react/exhaustive-deps -- once with each return of the connection, not with each failure
  }, [status]);
}

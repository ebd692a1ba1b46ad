import type { AnyVariables, TypedDocumentNode } from "@urql/core";
import { client } from "./client.ts";
import { live } from "./live.ts";

/**
 * Follows a subscription beside the live changes, over the same connection: begun anew with each, and never what opens one. What
 * went by while there was none is not told; a subscription for this begins by saying how things are. Returns how to stop.
 */
export function followWhileLive<Data>(
  document: TypedDocumentNode<Data, Record<string, never>>,
  onData: (data: Data) => void,
): () => void {
  let stop: (() => void) | null = null;
  const look = () => {
    const { status } = live.connection.get();
    if (status === "live" && stop === null) {
      const subscription = client.subscription<Data, AnyVariables>(document, {}).subscribe(({ data, hasNext }) => {
        if (data !== undefined) onData(data);
        if (!hasNext) stop = null;
      });
      stop = () => subscription.unsubscribe();
    } else if (status !== "live" && status !== "catching-up") {
      stop?.();
      stop = null;
    }
  };
  look();
  const unfollow = live.connection.follow(look);
  return () => {
    unfollow();
    stop?.();
  };
}

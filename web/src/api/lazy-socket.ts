import type { SubscriptionForwarder } from "@urql/core";

/** For urql's subscription exchange: the WebSocket, whose code is not among what the first list waits for. */
export const forwardLazily: SubscriptionForwarder = (request) => ({
  subscribe(sink) {
    let stop: (() => void) | null = null;
    let isStopped = false;
    void begin();
    return {
      unsubscribe() {
        isStopped = true;
        stop?.();
      },
    };

    async function begin(): Promise<void> {
      try {
        const { forwardSubscription } = await import("./socket.ts");
        if (!isStopped) stop = forwardSubscription(request).subscribe(sink).unsubscribe;
      } catch (error) {
        sink.error(error);
      }
    }
  },
});

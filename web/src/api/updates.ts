import { createStore, type Store } from "../lib/store.ts";
import { live } from "./live.ts";

const outdated = createStore(false);

/** Whether the server has another app by now than the one that runs here. */
export const isOutdated: Pick<Store<boolean>, "get" | "follow"> = outdated;

/**
 * Keeps the app in the browser, so that it opens without a connection, and looks whether it is still the server's each time the
 * connection comes back: a server that was updated was away. Returns how to stop looking.
 */
export function keepApp(): () => void {
  // Missing where the page does not come over a secure connection, and in the development server.
  const { serviceWorker } = navigator as { readonly serviceWorker?: ServiceWorkerContainer };
  if (import.meta.env.PROD) void serviceWorker?.register("/service-worker.js").catch(() => {});
  let wasAway = false;
  return live.connection.follow(() => {
    const { status } = live.connection.get();
    if (status === "live" && wasAway) void look();
    wasAway = status !== "live";
  });
}

async function look(): Promise<void> {
  const own = [...document.scripts].find(({ type, src }) => type === "module" && src !== "");
  try {
    const response = await fetch("/", { cache: "no-cache" });
    const text = await response.text();
    if (own === undefined || !response.ok || text.includes(new URL(own.src).pathname)) return;
    outdated.set(true);
    const registration = await navigator.serviceWorker?.getRegistration();
    await registration?.update();
  } catch {
    // Away again: asked the next time.
  }
}

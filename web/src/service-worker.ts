/*
 * Keeps the app (never its data) in the browser, so that it opens without a connection. The page itself comes from the server
 * whenever that answers: an app that the server no longer has is shown only where there is no server. Built by vite.config.ts, which writes
 * the three constants in front of it.
 */

/** The scripts, styles and pictures of this build. */
declare const files: readonly string[];
/** First segments of the paths that are the app's. */
declare const paths: readonly string[];
/** Another for each build. */
declare const version: string;

type ExtendableEvent = Event & { waitUntil(promise: Promise<unknown>): void };
type FetchEvent = ExtendableEvent & {
  readonly request: Request;
  readonly preloadResponse: Promise<Response | undefined>;
  respondWith(response: Promise<Response>): void;
};
type Worker = {
  readonly registration: { readonly navigationPreload: { enable(): Promise<void> } };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void;
};

const worker = self as unknown as Worker;
const page = "/";
const prefix = "ringback-";
/** How long a server may take with the page where one is at hand. */
const patienceMs = 4_000;

worker.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(`${prefix}${version}`);
      await cache.addAll([new Request(page, { cache: "no-cache" }), ...files]);
      await worker.skipWaiting();
    })(),
  );
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      await worker.registration.navigationPreload.enable();
      // Tabs that still run the build before need its scripts; those before it are gone.
      const ours = (await caches.keys()).filter((name) => name.startsWith(prefix));
      await Promise.all(ours.slice(0, -2).map((name) => caches.delete(name)));
    })(),
  );
});

worker.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (files.includes(pathname) || pathname.startsWith("/assets/")) event.respondWith(asset(event.request));
  else if (mode === "navigate" && paths.includes(pathname.split("/", 2)[1] ?? "")) event.respondWith(pageFor(event));
  // Asked for already, ahead of us. Left to the browser it would be asked for twice, and a ticket for a download works once.
  else if (mode === "navigate") event.respondWith(ask(event));
});

/** By their names they never change. */
async function asset(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** The server's page, and the one at hand where the server is not there, or a proxy before it says so. */
async function pageFor(event: FetchEvent): Promise<Response> {
  const kept = await (await caches.open(`${prefix}${version}`)).match(page);
  const asking = ask(event);
  if (kept === undefined) return asking;
  const late = new Promise<null>((resolve) => void setTimeout(() => resolve(null), patienceMs));
  const answer = await Promise.race([asking.catch(() => null), late]);
  return answer === null || answer.status >= 500 ? kept : answer;
}

async function ask(event: FetchEvent): Promise<Response> {
  return (await event.preloadResponse) ?? fetch(event.request);
}

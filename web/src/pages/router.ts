import { createRouter, parseSearchWith, stringifySearchWith } from "@tanstack/react-router";
import { Broken } from "./shell/broken.tsx";
import { NotFound } from "./shell/not-found.tsx";
import { routeTree } from "./routes.ts";

/** The URL holds what is looked at: view, filters, open call, page. Values in it are plain texts. */
export const router = createRouter({
  routeTree,
  parseSearch: parseSearchWith((text) => text),
  stringifySearch: stringifySearchWith((value) => JSON.stringify(value)),
  defaultPreload: "intent",
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: Broken,
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

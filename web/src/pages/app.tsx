import { RouterProvider } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";
import { Provider } from "urql";
import { client } from "../api/client.ts";
import { router } from "./router.ts";

/** Draws the app into an element of the page. */
export function drawApp(root: Element | null): void {
  if (root === null) return;
  createRoot(root).render(
    <Provider value={client}>
      <RouterProvider router={router} />
    </Provider>,
  );
}

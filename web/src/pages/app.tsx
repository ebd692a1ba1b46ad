import { RouterProvider } from "@tanstack/react-router";
import { Provider } from "urql";
import { client } from "../api/client.ts";
import { TooltipProvider } from "../ui/tooltip.tsx";
import { router } from "./router.ts";

export function App() {
  return (
    <Provider value={client}>
      <TooltipProvider>
        <RouterProvider router={router} />
      </TooltipProvider>
    </Provider>
  );
}

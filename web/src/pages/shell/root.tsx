import { Outlet } from "@tanstack/react-router";
import { StatusRegion } from "../../ui/announce.tsx";
import { Toasts } from "../../ui/toasts.tsx";
import { useKeyboard } from "../../ui/use-keys.ts";

export function Root() {
  useKeyboard();
  return (
    <>
      <Outlet />
      <Toasts />
      <StatusRegion />
    </>
  );
}

import { Outlet } from "@tanstack/react-router";
import { StatusRegion } from "../../ui/announce.tsx";
import { Toasts } from "../../ui/toasts.tsx";
import { useKeptFocus } from "../../ui/use-kept-focus.ts";
import { useKeyboard } from "../../ui/use-keys.ts";

export function Root() {
  useKeyboard();
  useKeptFocus();
  return (
    <>
      <Outlet />
      <Toasts />
      <StatusRegion />
    </>
  );
}

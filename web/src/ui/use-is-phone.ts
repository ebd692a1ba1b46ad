import { useSyncExternalStore } from "react";

const phone = matchMedia("(width < 44rem)");

/** Whether the screen is as narrow as that of a phone: the same border as `tablet:` of the styles. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      phone.addEventListener("change", onChange);
      return () => phone.removeEventListener("change", onChange);
    },
    () => phone.matches,
  );
}

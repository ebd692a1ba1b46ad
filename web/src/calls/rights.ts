import { session } from "../api/session.ts";
import { showToast } from "../ui/toasts.tsx";
import { useStore } from "../ui/use-store.ts";

let isTold = false;

/** Whether the person may change calls; readers may not, and are offered nothing that does. */
export function useCanWrite(): boolean {
  return useStore(session.canWrite);
}

/** Why nothing happens at the keys that others change calls with. */
export const readerText = "You can read calls, but not change them. An admin can give you another role.";

/** Tells a reader so, once. */
export function tellReader(): void {
  if (isTold) return;
  isTold = true;
  showToast({ text: readerText });
}

import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { shownKeys } from "./shown-keys.ts";
import { keys as keyboard } from "./use-keys.ts";
import { useStore } from "./use-store.ts";

/** Says in sight what a button does that only has an icon, with its key. The button still needs its `aria-label`. */
export function Tooltip({
  text,
  keys,
  side = "bottom",
  children,
}: {
  readonly text: string;
  readonly keys?: string;
  readonly side?: "top" | "right" | "bottom" | "left";
  readonly children: ReactNode;
}) {
  return (
    <Radix.Root delayDuration={400}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex items-center gap-2 rounded-md bg-toast px-2 py-1 text-sm text-on-toast shadow-raised"
        >
          {text}
          {keys !== undefined && <ShownKeys keys={keys} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** As the person has them now; in a part of its own, so that only a tooltip that is open asks. */
function ShownKeys({ keys }: { keys: string }) {
  const shown = shownKeys(keys, useStore(keyboard.bindings), useStore(keyboard.choices));
  return shown === null ? null : <kbd className="font-sans text-xs opacity-80">{shown}</kbd>;
}

export const TooltipProvider = Radix.Provider;

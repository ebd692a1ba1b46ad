import { Dialog as Radix } from "radix-ui";
import { useState } from "react";
import { Button } from "./button.tsx";
import type { DialogProps } from "./dialog.tsx";
import { Icon } from "./icon.tsx";

/** Of each dialog where the focus goes back to, the nearest first: one that takes the place of another takes that over. */
const placesBefore = new WeakMap<Element, readonly Element[]>();

/** What `dialog.tsx` shows once it is asked for. */
export function DialogBox({ title, description, onClose, children, width = "max-w-md" }: DialogProps) {
  const [before] = useState(placesNow);
  const onOpenChange = (isOpen: boolean) => {
    if (!isOpen) onClose?.();
  };
  return (
    <Radix.Root open onOpenChange={onOpenChange}>
      <Radix.Portal>
        {/* Not Radix's overlay, which writes a style element that the page's policy refuses. */}
        <div className="fixed inset-0 z-40 bg-veil" aria-hidden="true" />
        <div className="pointer-events-none fixed inset-0 z-50 flex items-start justify-center overflow-y-auto p-4 pt-[12vh]">
          <Radix.Content
            ref={(content) => {
              if (content !== null) placesBefore.set(content, before);
            }}
            onCloseAutoFocus={(event) => {
              // Radix gives the focus to a trigger of its own, which there is none of here.
              event.preventDefault();
              const place = before.find((one) => one.isConnected);
              if (place instanceof HTMLElement) place.focus();
            }}
            className={`pointer-events-auto relative w-full ${width} animate-appear rounded-lg border border-line bg-raised p-5 shadow-raised outline-none`}
            {...(description === undefined && { "aria-describedby": undefined })}
          >
            <Radix.Title className="pr-8 text-lg font-semibold">{title}</Radix.Title>
            {description !== undefined && (
              <Radix.Description className="mt-1 text-base text-quiet">{description}</Radix.Description>
            )}
            {children}
            {onClose !== undefined && (
              <Radix.Close asChild>
                <Button look="quiet" size="icon-sm" aria-label="Close" className="absolute top-4 right-4">
                  <Icon name="close" />
                </Button>
              </Radix.Close>
            )}
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  );
}

function placesNow(): readonly Element[] {
  const focused = document.activeElement;
  const dialog = focused?.closest("[role=dialog]");
  return [focused, ...(dialog ? (placesBefore.get(dialog) ?? []) : [])].filter((one) => one !== null);
}

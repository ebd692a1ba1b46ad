import { DropdownMenu as Radix } from "radix-ui";
import { createContext, use, useCallback, useEffect, useRef } from "react";
import { Icon } from "./icon.tsx";
import type { MenuChoicesProps, MenuItemProps, MenuProps } from "./menu.tsx";

const item =
  "flex h-8 items-center gap-2 rounded-md px-2 text-base -outline-offset-2 select-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover";

/** Does something once the menu has closed and its button has the focus again, so that a dialog gives it back there. */
const Afterwards = createContext<(run: () => void) => void>((run) => run());

/** What `menu.tsx` shows once it is asked for: open at first. */
export function OpenMenu({ trigger, children, align = "end", isByKey }: MenuProps & { readonly isByKey: boolean }) {
  const chosen = useRef<(() => void) | null>(null);
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Radix does so only for keys that it has heard itself.
    if (isByKey) requestAnimationFrame(() => content.current?.querySelector<HTMLElement>("[role^=menuitem]")?.focus());
  }, [isByKey]);
  const afterwards = useCallback((run: () => void) => {
    chosen.current = run;
  }, []);
  return (
    // Not modal: that would write a style element, which the page's policy refuses.
    <Radix.Root modal={false} defaultOpen>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      {/* Within a landmark, where who reads by landmarks finds it. */}
      <Radix.Portal container={document.querySelector("main")}>
        <Radix.Content
          ref={content}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={() => {
            const run = chosen.current;
            chosen.current = null;
            // The focus goes back right after this.
            if (run !== null) queueMicrotask(run);
          }}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 overflow-y-auto animate-appear rounded-lg border border-line bg-raised p-1 shadow-raised"
        >
          <Afterwards value={afterwards}>{children}</Afterwards>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem({ icon, onSelect, isDisabled = false, children }: MenuItemProps) {
  const afterwards = use(Afterwards);
  return (
    <Radix.Item className={item} disabled={isDisabled} onSelect={() => afterwards(onSelect)}>
      {icon !== undefined && <Icon name={icon} className="text-quiet" />}
      {children}
    </Radix.Item>
  );
}

export function MenuChoices({ label, value, choices, onChoose }: MenuChoicesProps<string>) {
  return (
    <>
      <Radix.Label className="px-2 pt-1.5 pb-1 text-xs font-medium text-quiet">{label}</Radix.Label>
      <Radix.RadioGroup value={value} onValueChange={onChoose} aria-label={label}>
        {Object.entries(choices).map(([choice, text]) => (
          <Radix.RadioItem key={choice} value={choice} className={item}>
            <span className="flex w-4 justify-center">
              <Radix.ItemIndicator>
                <Icon name="check" />
              </Radix.ItemIndicator>
            </span>
            {text}
          </Radix.RadioItem>
        ))}
      </Radix.RadioGroup>
    </>
  );
}

export function MenuLine() {
  return <Radix.Separator className="my-1 h-px bg-line" />;
}

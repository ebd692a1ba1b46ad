import { DropdownMenu as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";

const item =
  "flex h-8 items-center gap-2 rounded-md px-2 text-base outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover";

/** A menu that a button opens. @param trigger one button; it gets what it needs to be one that opens a menu. */
export function Menu({
  trigger,
  children,
  align = "end",
}: {
  readonly trigger: ReactNode;
  readonly children: ReactNode;
  readonly align?: "start" | "end";
}) {
  return (
    // Not modal: that would write a style element, which the page's policy refuses.
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-48 animate-appear rounded-lg border border-line bg-raised p-1 shadow-raised"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem({
  icon,
  onSelect,
  isDisabled = false,
  children,
}: {
  readonly icon?: IconName;
  readonly onSelect: () => void;
  readonly isDisabled?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <Radix.Item className={item} disabled={isDisabled} onSelect={onSelect}>
      {icon !== undefined && <Icon name={icon} className="text-quiet" />}
      {children}
    </Radix.Item>
  );
}

/** One of several, of which one holds. */
export function MenuChoices<T extends string>({
  label,
  value,
  choices,
  onChoose,
}: {
  readonly label: string;
  readonly value: T;
  readonly choices: Readonly<Record<T, string>>;
  readonly onChoose: (value: T) => void;
}) {
  return (
    <>
      <Radix.Label className="px-2 pt-1.5 pb-1 text-xs font-medium text-quiet">{label}</Radix.Label>
      <Radix.RadioGroup value={value} onValueChange={(chosen) => onChoose(chosen as T)} aria-label={label}>
        {(Object.entries(choices) as [T, string][]).map(([choice, text]) => (
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

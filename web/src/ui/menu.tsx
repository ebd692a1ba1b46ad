import { cloneElement, type ComponentType, type ReactElement, type ReactNode, useState } from "react";
import type { ButtonProps } from "./button.tsx";
import type { IconName } from "./icon.tsx";
import { lazyPart } from "./lazy-part.tsx";

export type MenuProps = {
  /** One button; it gets what it needs to be one that opens a menu. */
  readonly trigger: ReactElement<ButtonProps>;
  readonly children: ReactNode;
  readonly align?: "start" | "end";
};

export type MenuItemProps = {
  readonly icon?: IconName;
  readonly onSelect: () => void;
  readonly isDisabled?: boolean;
  readonly children: ReactNode;
};

export type MenuChoicesProps<T extends string> = {
  readonly label: string;
  readonly value: T;
  readonly choices: Readonly<Record<T, string>>;
  readonly onChoose: (value: T) => void;
};

const OpenMenu = lazyPart<MenuProps & { readonly isByKey: boolean }>(
  async () => (await import("./menu-box.tsx")).OpenMenu,
  ({ trigger }) => trigger,
);
const LazyChoices = lazyPart(async () => (await import("./menu-box.tsx")).MenuChoices);

/** A menu that a button opens. Its code is fetched apart, and what it does to the button begins when it is opened first. */
export function Menu(props: MenuProps) {
  const [askedBy, setAskedBy] = useState<"key" | "pointer" | null>(null);
  if (askedBy !== null) return <OpenMenu {...props} isByKey={askedBy === "key"} />;
  return cloneElement(props.trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    // A click that a key makes has no place.
    onClick: ({ detail }) => setAskedBy(detail === 0 ? "key" : "pointer"),
    onKeyDown: (event) => {
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      setAskedBy("key");
    },
  });
}

export const MenuItem: ComponentType<MenuItemProps> = lazyPart(async () => (await import("./menu-box.tsx")).MenuItem);

/** One of several, of which one holds. */
export function MenuChoices<T extends string>({ onChoose, ...rest }: MenuChoicesProps<T>) {
  return <LazyChoices {...rest} onChoose={(chosen) => onChoose(chosen as T)} />;
}

export const MenuLine: ComponentType = lazyPart(async () => (await import("./menu-box.tsx")).MenuLine);

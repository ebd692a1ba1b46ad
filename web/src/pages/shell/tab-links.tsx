import { Link, type LinkProps } from "@tanstack/react-router";
import { useLayoutEffect, useRef } from "react";

export type Tab = {
  readonly label: string;
  readonly isCurrent: boolean;
  readonly link: Pick<LinkProps, "to" | "search">;
};

/** The parts of a screen as links, so that each has an address. Scrolls sideways to the current one where there is no room. */
export function TabLinks({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  const nav = useRef<HTMLElement>(null);
  // Also when others come in beside it: those for admins are there as soon as it is known that one looks.
  const shape = tabs.map(({ label: text, isCurrent }) => `${text} ${isCurrent}`).join("\n");
  useLayoutEffect(() => {
    const focused = nav.current?.querySelector(":focus");
    if (focused != null) focused.scrollIntoView({ block: "nearest", inline: "nearest" });
    else nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the shape says when a tab comes, goes or is another one
  }, [shape]);
  return (
    <nav
      ref={nav}
      aria-label={label}
      className="flex shrink-0 gap-1 overflow-x-auto border-b border-line bg-surface px-2"
    >
      {tabs.map(({ label: text, isCurrent, link }) => (
        <Link
          key={text}
          {...link}
          activeOptions={{ exact: true }}
          aria-current={isCurrent ? "page" : undefined}
          className="flex h-10 items-center border-b-2 border-transparent px-2 text-base font-medium whitespace-nowrap text-quiet hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink"
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}

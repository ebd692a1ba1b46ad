import { Link, type LinkProps } from "@tanstack/react-router";

export type Tab = {
  readonly label: string;
  readonly isCurrent: boolean;
  readonly link: Pick<LinkProps, "to" | "search">;
};

/** The parts of a screen as links, so that each has an address. Scrolls sideways to the current one where there is no room. */
export function TabLinks({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label} className="flex shrink-0 gap-1 overflow-x-auto border-b border-line bg-surface px-2">
      {tabs.map(({ label: text, isCurrent, link }) => (
        <Link
          key={text}
          {...link}
          ref={isCurrent ? bringIntoView : undefined}
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

function bringIntoView(tab: HTMLElement | null): void {
  tab?.scrollIntoView({ block: "nearest", inline: "center" });
}

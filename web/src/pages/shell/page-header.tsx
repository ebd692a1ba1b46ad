import type { ReactNode } from "react";
import { useTitle } from "../../ui/title.ts";

/** The head of a screen: its title, which is also the tab's, and what can be done on it. */
export function PageHeader({ title, children }: { title: string; children?: ReactNode }) {
  useTitle(title);
  return (
    <header className="flex h-13 shrink-0 items-center gap-3 border-b border-line bg-surface px-4">
      <h1 className="min-w-0 flex-1 truncate text-lg font-semibold">{title}</h1>
      {children}
    </header>
  );
}

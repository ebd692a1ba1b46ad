import type { ReactNode } from "react";
import { useTitle } from "../../ui/title.ts";

/** A page of its own for signing in and the like. */
export function Card({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  useTitle(title);
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-sm">
        <img src="/icon.svg" alt="" width={40} height={40} className="mb-6" />
        <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
        {lead !== undefined && <p className="mt-1 text-base text-quiet">{lead}</p>}
        {children}
      </div>
    </main>
  );
}

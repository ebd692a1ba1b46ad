import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useQuery } from "urql";
import { SourcesDocument } from "../api/sources.gen.ts";
import { useMe } from "../api/use-me.ts";
import { classNames } from "../lib/class-names.ts";
import { Icon } from "../ui/icon.tsx";

/**
 * What a list without calls shows while no phone system has ever sent one: the three steps until the first call, with the one that
 * is next. `children` else.
 */
export function FirstRun({ children }: { readonly children: ReactNode }) {
  const { me } = useMe();
  const isAdmin = me?.role === "ADMIN";
  const [{ data }] = useQuery({ query: SourcesDocument, pause: !isAdmin, requestPolicy: "cache-and-network" });
  if (!isAdmin || data === undefined || data.sources.some(({ lastEventAt }) => lastEventAt !== null)) return children;
  const [first] = data.sources;
  return (
    <section aria-labelledby="first-run" className="mx-auto w-full max-w-lg overflow-y-auto px-4 py-10 tablet:py-16">
      <h2 id="first-run" className="text-xl font-semibold tracking-tight">
        Three steps to the first call
      </h2>
      <p className="mt-1 text-base text-quiet">Calls come from your phone system. Nothing else has to be installed.</p>
      <ol className="mt-6 flex flex-col gap-3">
        <Step number={1} title="Add your phone system" isDone={first !== undefined}>
          <p>It gets a name and a key of its own.</p>
          {first === undefined && (
            <Link to="/sources" search={{ add: "yes" }} className={next}>
              <Icon name="plus" />
              Add a source
            </Link>
          )}
        </Step>
        <Step number={2} title="Point it here">
          <p>The instructions have this server&apos;s address in them already.</p>
          {first !== undefined && (
            <Link to="/sources" search={{ source: first.id, tab: "set-up" }} className={next}>
              <Icon name="sources" />
              Set up {first.name}
            </Link>
          )}
        </Step>
        <Step number={3} title="Send a test call">
          <p>From the same page. It takes the way of every call, and shows up in this list.</p>
        </Step>
      </ol>
      <p className="mt-6 text-sm text-quiet">
        Only looking around? <code className="rounded-sm bg-hover px-1 font-mono text-ink">npx ringback demo</code>{" "}
        starts a server of its own, full of made-up calls.
      </p>
    </section>
  );
}

const next =
  "mt-2 inline-flex h-8 max-w-full items-center gap-2 rounded-md bg-accent px-3 font-medium text-on-accent hover:bg-accent-hover";

function Step({
  number,
  title,
  isDone = false,
  children,
}: {
  number: number;
  title: string;
  isDone?: boolean;
  children: ReactNode;
}) {
  return (
    <li className="flex gap-3 rounded-lg border border-line bg-surface p-4">
      <span
        aria-hidden="true"
        className={classNames(
          "tabular grid size-7 shrink-0 place-items-center rounded-full text-sm font-semibold",
          isDone ? "bg-accent text-on-accent" : "bg-hover text-soft",
        )}
      >
        {isDone ? <Icon name="check" /> : number}
      </span>
      <div className="min-w-0 text-base text-quiet">
        <h3 className="font-semibold text-ink">
          {title}
          {isDone && <span className="sr-only">, done</span>}
        </h3>
        {children}
      </div>
    </li>
  );
}

import { type ReactNode, useEffect, useState } from "react";
import { classNames } from "../lib/class-names.ts";
import type { Retriable } from "../lib/retry.ts";
import { Button, type ButtonProps } from "./button.tsx";
import { Icon, type IconName } from "./icon.tsx";
import { useRetry } from "./use-retry.ts";

/** A grey bar in the place of what is being fetched. Seen only when the wait is long enough to be noticed. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={classNames("block animate-pulse rounded-sm bg-line", className)} />;
}

/** Says that something takes long, when it does. Put it around skeletons. */
export function Waiting({ what, children }: { what: string; children: ReactNode }) {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), 3_000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div aria-busy="true" aria-label={`Loading ${what}`} role="group" className="animate-wait">
      {children}
      {isSlow && <p className="px-4 py-3 text-sm text-quiet">This takes longer than usual.</p>}
    </div>
  );
}

/** Nothing to show, and what that means. */
export function Empty({
  icon,
  title,
  children,
  action,
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="mx-auto flex min-h-0 max-w-sm flex-col items-center overflow-y-auto px-6 py-16 text-center">
      <span className="mb-4 grid size-12 place-items-center rounded-full bg-hover text-quiet">
        <Icon name={icon} size={22} />
      </span>
      <h2 className="text-lg font-semibold">{title}</h2>
      {children !== undefined && <div className="mt-1 text-base text-quiet">{children}</div>}
      {action !== undefined && <div className="mt-5">{action}</div>}
    </div>
  );
}

/** Something could not be had: what the server said, its code, the id that its log has it under, and another try. */
export function Failure({
  title,
  failure,
  onRetry,
}: {
  readonly title: string;
  readonly failure: ShownFailure;
  readonly onRetry?: () => void;
}) {
  const { message, code, requestId } = failure;
  return (
    <div
      role="alert"
      className="mx-auto flex min-h-0 max-w-sm flex-col items-center overflow-y-auto px-6 py-16 text-center"
    >
      <span className="mb-4 grid size-12 place-items-center rounded-full bg-bad-ground text-bad">
        <Icon name="alert" size={22} />
      </span>
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="mt-1 text-base text-quiet">{message}</p>
      <p className="mt-2 font-mono text-xs text-quiet">
        {code}
        {requestId !== null && ` · ${requestId}`}
      </p>
      {onRetry !== undefined && <Retry failure={failure} className="mt-5" onRetry={onRetry} />}
    </div>
  );
}

/** Another try, which comes by itself after a failure that passes. Where the server asks to wait it counts down meanwhile. */
export function Retry({
  failure,
  onRetry,
  ...rest
}: Pick<ButtonProps, "className" | "size"> & { readonly failure: ShownFailure; readonly onRetry: () => void }) {
  const [left, setLeft] = useState(0);
  useRetry(failure, onRetry);
  useEffect(() => {
    const waitMs = failure.retryAfterMs ?? 0;
    if (waitMs <= 0) return;
    const endsAt = performance.now() + waitMs;
    const count = () => {
      const seconds = Math.ceil((endsAt - performance.now()) / 1_000);
      setLeft(Math.max(0, seconds));
      if (seconds <= 0) clearInterval(timer);
    };
    const timer = setInterval(count, 1_000);
    count();
    return () => clearInterval(timer);
  }, [failure]);
  return (
    <Button {...rest} aria-disabled={left > 0} onClick={() => left === 0 && onRetry()}>
      {left > 0 ? `Trying again in ${left} s` : "Retry"}
    </Button>
  );
}

export type ShownFailure = Retriable & {
  readonly message: string;
  readonly requestId: string | null;
};

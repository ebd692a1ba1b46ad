import type { ReactNode } from "react";
import { classNames } from "../lib/class-names.ts";
import { Icon } from "./icon.tsx";

const tones = {
  neutral: "bg-hover text-soft",
  accent: "bg-selected text-accent",
  bad: "bg-bad-ground text-bad",
  warn: "bg-warn-ground text-warn",
} as const;

/** A small label. With `onRemove` it has a button of its own that takes it away. */
export function Chip({
  children,
  tone = "neutral",
  onRemove,
  removeLabel = "Remove",
}: {
  readonly children: ReactNode;
  readonly tone?: keyof typeof tones;
  readonly onRemove?: () => void;
  readonly removeLabel?: string;
}) {
  return (
    <span
      className={classNames(
        "inline-flex h-6 max-w-full items-center gap-1 rounded-full px-2 text-xs font-medium whitespace-nowrap",
        tones[tone],
        onRemove !== undefined && "pr-0",
      )}
    >
      {children}
      {onRemove !== undefined && (
        <button type="button" aria-label={removeLabel} onClick={onRemove} className="grid size-6 place-items-center">
          <Icon name="close" size={12} />
        </button>
      )}
    </span>
  );
}

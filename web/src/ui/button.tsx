import type { ComponentProps } from "react";
import { classNames } from "../lib/class-names.ts";

const looks = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover border border-transparent",
  plain: "bg-surface text-ink hover:bg-hover border border-line",
  quiet: "text-soft hover:bg-hover hover:text-ink border border-transparent",
  danger: "bg-surface text-bad hover:bg-bad-ground border border-line",
} as const;

const sizes = {
  sm: "h-7 px-2 gap-1.5 text-sm",
  md: "h-8 px-3 gap-2 text-base",
  lg: "h-10 px-4 gap-2 text-base",
  icon: "size-8 justify-center",
  "icon-sm": "size-7 justify-center",
} as const;

export type ButtonProps = ComponentProps<"button"> & {
  readonly look?: keyof typeof looks;
  readonly size?: keyof typeof sizes;
};

/**
 * A button. `type` is `button` unless said otherwise. An icon alone needs an `aria-label`, and a `Tooltip` for sight. `disabled` it does
 * nothing, and keeps the focus where it has it.
 */
export function Button({ look = "plain", size = "md", type = "button", disabled = false, ...rest }: ButtonProps) {
  const { className, onClick, "aria-disabled": ariaDisabled = disabled || undefined } = rest;
  return (
    <button
      // oxlint-disable-next-line react/button-has-type -- one of the three that there are
      type={type}
      {...rest}
      aria-disabled={ariaDisabled}
      onClick={disabled ? (event) => event.preventDefault() : onClick}
      className={classNames(
        "inline-flex shrink-0 items-center rounded-md font-medium whitespace-nowrap select-none transition-colors duration-75",
        "aria-disabled:cursor-default aria-disabled:opacity-55",
        looks[look],
        sizes[size],
        className,
      )}
    />
  );
}

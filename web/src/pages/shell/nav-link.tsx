import { Link, type LinkProps } from "@tanstack/react-router";
import { formatCount } from "../../lib/format.ts";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { Tooltip } from "../../ui/tooltip.tsx";

/** An entry of the rail: icon and text, only the icon where the rail is narrow. `count` is shown when there is one. */
export function NavLink({
  icon,
  label,
  count,
  isAtLeast = false,
  isMarked = false,
  link,
  isActive,
}: {
  readonly icon: IconName;
  readonly label: string;
  readonly count?: number | null;
  /** Whether there may be more than `count`. */
  readonly isAtLeast?: boolean;
  /** Whether a dot stands for the count where the rail is narrow. */
  readonly isMarked?: boolean;
  readonly link: Pick<LinkProps, "to" | "params" | "search">;
  /** Whether it is where one is, when the path alone does not say that. */
  readonly isActive?: boolean;
}) {
  const hasCount = count !== undefined && count !== null && count > 0;
  return (
    <Tooltip text={label} side="right">
      <Link
        {...link}
        // Where it is not, it is only looked at for being the very same address.
        activeOptions={isActive === false ? { exact: true, includeSearch: true } : { includeSearch: false }}
        className="flex h-8 items-center gap-2.5 rounded-md px-2 text-base font-medium text-soft hover:bg-hover hover:text-ink aria-[current=page]:bg-selected aria-[current=page]:text-accent"
      >
        <span className="relative">
          <Icon name={icon} size={17} />
          {isMarked && hasCount && (
            <span
              aria-hidden="true"
              className="absolute -top-0.5 -right-0.5 size-2 rounded-full bg-accent ring-2 ring-ground wide:hidden"
            />
          )}
        </span>
        <span className="flex-1 truncate max-wide:sr-only">{label}</span>{" "}
        {hasCount && (
          <span className="tabular text-xs text-quiet max-wide:sr-only">
            {isAtLeast ? `${formatCount(count)}+` : formatCount(count)}
          </span>
        )}
      </Link>
    </Tooltip>
  );
}

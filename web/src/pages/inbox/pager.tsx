import { type SubmitEvent, useId, useRef } from "react";
import { formatCount } from "../../lib/format.ts";
import { pageCountOf, spanOf } from "../../lib/pages.ts";
import { Button } from "../../ui/button.tsx";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { Tooltip } from "../../ui/tooltip.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { savePreferences } from "../settings/choices.ts";
import { sayFailure } from "../shell/say-failure.ts";

const sizes = [10, 25, 50, 100, 200];

/** Which page of the list is shown, and the way to the others. */
export function Pager({
  page,
  size,
  totalCount,
  onPage,
}: {
  readonly page: number;
  readonly size: number;
  readonly totalCount: number;
  readonly onPage: (page: number) => void;
}) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const count = pageCountOf(totalCount, size);
  const span = spanOf(page, size, totalCount);
  const showPage = () => {
    if (field.current !== null) field.current.value = String(page);
  };
  const go = (to: number) => {
    const within = Math.max(1, Math.min(count, to));
    if (within === page) showPage();
    else onPage(within);
  };
  useKeys([
    { keys: ">", label: "Next page", scope: "Pages", run: () => go(page + 1) },
    { keys: "<", label: "Previous page", scope: "Pages", run: () => go(page - 1) },
    { keys: "g b", label: "Go to the first page", scope: "Pages", run: () => go(1) },
    { keys: "g e", label: "Go to the last page", scope: "Pages", run: () => go(count) },
  ]);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = Math.round(Number(field.current?.value));
    go(Number.isFinite(wanted) ? wanted : page);
  };
  const onSize = (next: number) => {
    // The first call of this page stays in sight.
    onPage(Math.floor(((page - 1) * size) / next) + 1);
    savePreferences({ pageSize: next }).catch((error: unknown) =>
      sayFailure("The size of pages could not be saved", error),
    );
  };
  return (
    <nav
      aria-label="Pages"
      className="flex min-h-12 shrink-0 flex-wrap items-center justify-center gap-x-1 gap-y-1 border-t border-line bg-surface px-3 py-1.5 tablet:justify-between"
    >
      <p className="tabular text-sm text-quiet max-tablet:sr-only tablet:w-44">
        {span === null
          ? "No calls"
          : `${formatCount(span.first)}–${formatCount(span.last)} of ${formatCount(totalCount)}`}
      </p>
      <div className="flex items-center gap-1">
        <Step icon="first" label="First page" keys="G B" isPossible={page > 1} onGo={() => go(1)} />
        <Step icon="back" label="Previous page" keys="<" isPossible={page > 1} onGo={() => go(page - 1)} />
        <form onSubmit={submit} className="flex items-center gap-1.5 px-1 text-base">
          <label htmlFor={id}>Page</label>
          <input
            id={id}
            inputMode="numeric"
            autoComplete="off"
            maxLength={7}
            key={page}
            ref={field}
            defaultValue={page}
            onBlur={showPage}
            className="tabular h-8 w-14 rounded-md border border-control bg-surface px-2 text-right text-base"
          />
          <span className="tabular text-quiet">of {formatCount(count)}</span>
        </form>
        <Step icon="next" label="Next page" keys=">" isPossible={page < count} onGo={() => go(page + 1)} />
        <Step icon="last" label="Last page" keys="G E" isPossible={page < count} onGo={() => go(count)} />
      </div>
      <label className="flex items-center justify-end gap-2 text-sm text-quiet max-tablet:hidden tablet:w-44">
        Calls a page
        <select
          value={size}
          onChange={(event) => onSize(Number(event.target.value))}
          className="h-8 rounded-md border border-control bg-surface px-2 text-base text-ink"
        >
          {[...new Set([...sizes, size])]
            .toSorted((a, b) => a - b)
            .map((one) => (
              <option key={one}>{one}</option>
            ))}
        </select>
      </label>
    </nav>
  );
}

function Step({
  icon,
  label,
  keys,
  isPossible,
  onGo,
}: {
  readonly icon: IconName;
  readonly label: string;
  readonly keys: string;
  readonly isPossible: boolean;
  readonly onGo: () => void;
}) {
  return (
    <Tooltip text={label} keys={keys} side="top">
      {/* Not disabled, so that the focus stays where it is at either end. */}
      <Button
        look="quiet"
        size="icon"
        aria-label={label}
        aria-disabled={!isPossible}
        onClick={() => isPossible && onGo()}
      >
        <Icon name={icon} />
      </Button>
    </Tooltip>
  );
}

import { useLines } from "../../calls/lines.ts";
import { noticedLines, noticedLinesText } from "../../lib/notice.ts";
import { Select } from "../../ui/field.tsx";
import { useStore } from "../../ui/use-store.ts";
import { noticeLines } from "../shell/use-notices.ts";

/** Which lines notices are of: all, those to come too, or those that are chosen. */
export function NoticeLines() {
  const { lines, nameOf } = useLines();
  const chosen = noticedLines(useStore(noticeLines));
  const choose = (next: readonly string[] | null) => noticeLines.set(noticedLinesText(next));
  // A line that no call has used lately is chosen all the same.
  const all = chosen === null ? lines : [...new Set([...lines, ...chosen])];
  return (
    <div className="ml-6 flex flex-col gap-3">
      <Select
        label="Of which lines"
        className="max-w-60"
        value={chosen === null ? "all" : "chosen"}
        onChange={({ target: { value } }) => choose(value === "all" ? null : [])}
      >
        <option value="all">All lines</option>
        <option value="chosen">Lines that I choose</option>
      </Select>
      {chosen !== null && (
        <fieldset>
          <legend className="mb-1.5 text-sm font-medium text-soft">Lines</legend>
          {all.length === 0 ? (
            <p className="text-sm text-quiet">No call has used a line yet: they are listed here as soon as one has.</p>
          ) : (
            <div className="grid max-h-60 grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-x-4 gap-y-1 overflow-y-auto rounded-lg border border-line bg-surface p-3">
              {all.map((line) => (
                <label key={line} className="flex min-h-6 min-w-0 items-center gap-2 text-base">
                  <input
                    type="checkbox"
                    className="size-4 shrink-0 accent-accent"
                    checked={chosen.includes(line)}
                    onChange={({ target: { checked } }) =>
                      choose(checked ? [...chosen, line] : chosen.filter((one) => one !== line))
                    }
                  />
                  <bdi className="tabular min-w-0 truncate">{nameOf(line)}</bdi>
                </label>
              ))}
            </div>
          )}
          {all.length > 0 && chosen.length === 0 && (
            <p className="mt-1.5 text-sm text-warn">None is chosen: nothing is told.</p>
          )}
        </fieldset>
      )}
    </div>
  );
}

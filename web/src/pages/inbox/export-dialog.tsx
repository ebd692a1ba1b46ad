import type { ServerFilter } from "../../lib/call-query.ts";
import { countOf } from "../../lib/format.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { ExportForm } from "../settings/export-form.tsx";

/** The calls of the list as a file: all that its filter lets through, fetched or not. */
export function ExportDialog({
  title,
  filter,
  count,
  onClose,
}: {
  readonly title: string;
  readonly filter: ServerFilter;
  /** How many they are, where that is known. */
  readonly count: number | null;
  readonly onClose: () => void;
}) {
  return (
    <Dialog
      title={`Export ${title}`}
      description={
        count === null
          ? "All calls of the list, with its filters."
          : `${countOf(count, "call")} of the list, with its filters.`
      }
      width="max-w-lg"
      onClose={onClose}
    >
      <div className="mt-4">
        <ExportForm filter={filter} onBegun={onClose} />
      </div>
    </Dialog>
  );
}

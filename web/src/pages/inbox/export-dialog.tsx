import type { ServerFilter } from "../../lib/call-query.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { ExportForm } from "../settings/export-form.tsx";

/** Calls as a file: all that the filter lets through, fetched or not. */
export function ExportDialog({
  title,
  filter,
  description,
  onClose,
}: {
  readonly title: string;
  readonly filter: ServerFilter;
  /** Which calls these are, and how many, where that is known. */
  readonly description: string;
  readonly onClose: () => void;
}) {
  return (
    <Dialog title={`Export ${title}`} description={description} width="max-w-lg" onClose={onClose}>
      <div className="mt-4">
        <ExportForm filter={filter} onBegun={onClose} />
      </div>
    </Dialog>
  );
}

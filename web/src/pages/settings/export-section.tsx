import { ExportForm } from "./export-form.tsx";
import { Section } from "./section.tsx";

/** All calls as a file. */
export function ExportSection() {
  return (
    <Section
      title="Export"
      lead="All calls of the workspace with their notes, as one file. A list is exported from its own menu."
    >
      <ExportForm filter={null} />
    </Section>
  );
}

import { Empty } from "../../ui/states.tsx";
import { PageHeader } from "../shell/page-header.tsx";

export function SourcesPage() {
  return (
    <>
      <PageHeader title="Sources" />
      <Empty icon="sources" title="Not part of this version yet">
        What it will show can be had with the API today.
      </Empty>
    </>
  );
}

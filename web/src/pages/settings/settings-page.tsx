import { Empty } from "../../ui/states.tsx";
import { PageHeader } from "../shell/page-header.tsx";

export function SettingsPage() {
  return (
    <>
      <PageHeader title="Settings" />
      <Empty icon="settings" title="Not part of this version yet">
        What it will show can be had with the API today.
      </Empty>
    </>
  );
}

import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { useMe } from "../../api/use-me.ts";
import { settingsParts } from "../../lib/commands.ts";
import { lazyPart } from "../../ui/lazy-part.tsx";
import { Empty } from "../../ui/states.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { LoadingLines } from "../shell/loading-lines.tsx";
import { OnlyAdmins } from "../shell/only-admins.tsx";
import { PageHeader } from "../shell/page-header.tsx";
import { TabLinks } from "../shell/tab-links.tsx";
import { AuditSection } from "./audit-section.tsx";
import { ExportSection } from "./export-section.tsx";
import { KeysSection } from "./keys-section.tsx";
import { PeopleSection } from "./people-section.tsx";
import { ShortcutsSection } from "./shortcuts-section.tsx";
import { WorkspaceSection } from "./workspace-section.tsx";
import { YouSection } from "./you-section.tsx";

const WebhooksSection = lazyPart(
  async () => (await import("../webhooks/webhooks-section.tsx")).WebhooksSection,
  () => <LoadingLines what="Webhooks" />,
);

type Part = {
  readonly label: string;
  readonly key: string;
  readonly isForAdmins: boolean;
  readonly Content: ComponentType;
};

const parts: Readonly<Record<string, Part>> = {
  you: { ...settingsParts.you, isForAdmins: false, Content: YouSection },
  workspace: { ...settingsParts.workspace, isForAdmins: true, Content: WorkspaceSection },
  people: { ...settingsParts.people, isForAdmins: true, Content: PeopleSection },
  keys: { ...settingsParts.keys, isForAdmins: true, Content: KeysSection },
  webhooks: { ...settingsParts.webhooks, isForAdmins: true, Content: WebhooksSection },
  export: { ...settingsParts.export, isForAdmins: false, Content: ExportSection },
  audit: { ...settingsParts.audit, isForAdmins: true, Content: AuditSection },
  shortcuts: { ...settingsParts.shortcuts, isForAdmins: false, Content: ShortcutsSection },
};

/** How the app is, for one person and for all; who may use it, and taking the calls along. The part is in the URL. */
export function SettingsPage() {
  const { section = "you" } = useSearch({ from: "/shell/settings" });
  const navigate = useNavigate();
  const { me } = useMe();
  const shown = Object.entries(parts).filter(([, { isForAdmins }]) => !isForAdmins || me?.role === "ADMIN");
  useKeys(
    shown.map(([name, { label, key }]) => ({
      keys: key,
      label: `Settings: ${label}`,
      scope: "Settings",
      run: () => void navigate({ to: "/settings", search: { section: name } }),
    })),
  );
  const part = Object.hasOwn(parts, section) ? parts[section] : undefined;
  return (
    <>
      <PageHeader title="Settings" />
      <TabLinks
        label="Parts of the settings"
        tabs={shown.map(([name, { label }]) => ({
          label,
          isCurrent: name === section,
          link: { to: "/settings", search: { section: name } },
        }))}
      />
      <div className="min-h-0 flex-1 overflow-y-auto pb-10">
        {part === undefined ? (
          <Empty icon="search" title="There is no such part of the settings">
            Choose one of those above.
          </Empty>
        ) : part.isForAdmins ? (
          <OnlyAdmins what="These settings">
            <part.Content />
          </OnlyAdmins>
        ) : (
          <part.Content />
        )}
      </div>
    </>
  );
}

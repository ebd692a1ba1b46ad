import { useState } from "react";
import type { SourcePartsFragment } from "../../api/sources.gen.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { NewKeyDialog } from "./new-key-dialog.tsx";
import { RenameDialog } from "./rename-dialog.tsx";
import { setDisabled } from "./source-actions.ts";

/** What is done with a source now and then. */
export function SourceMenu({ source }: { readonly source: SourcePartsFragment }) {
  const [open, setOpen] = useState<"rename" | "key" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Menu
        trigger={
          <Button look="quiet" size="icon" aria-label={`More for ${source.name}`}>
            <Icon name="more" />
          </Button>
        }
      >
        <MenuItem icon="note" onSelect={() => setOpen("rename")}>
          Rename
        </MenuItem>
        <MenuItem icon="key" onSelect={() => setOpen("key")}>
          Make a new key
        </MenuItem>
        <MenuItem
          icon={source.isDisabled ? "restore" : "close"}
          onSelect={() => void setDisabled(source, !source.isDisabled)}
        >
          {source.isDisabled ? "Enable" : "Disable"}
        </MenuItem>
      </Menu>
      {open === "rename" && <RenameDialog source={source} onClose={close} />}
      {open === "key" && <NewKeyDialog source={source} onClose={close} />}
    </>
  );
}

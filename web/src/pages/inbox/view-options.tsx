import { paging } from "../../calls/paging.ts";
import { createStoredText } from "../../lib/stored.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu, MenuChoices, MenuItem, MenuLine } from "../../ui/menu.tsx";
import { useIsPhone } from "../../ui/use-is-phone.ts";
import { useStore } from "../../ui/use-store.ts";

/** Whether repeated calls are one row; this browser remembers. */
export const folding = createStoredText("ringback-folding", "on");

/** How the list is shown, and on a phone what has no room beside it. */
export function ViewOptions({
  isPaged,
  onPaged,
  onJump,
  onExport,
}: {
  readonly isPaged: boolean;
  readonly onPaged: (isPaged: boolean) => void;
  readonly onJump: () => void;
  readonly onExport: () => void;
}) {
  const isFolding = useStore(folding);
  const isPhone = useIsPhone();
  return (
    <Menu
      trigger={
        <Button look="quiet" size="icon" aria-label="How the list is shown">
          <Icon name="more" />
        </Button>
      }
    >
      {isPhone && (
        <>
          <MenuItem icon="calendar" onSelect={onJump}>
            Go to a day
          </MenuItem>
          <MenuLine />
        </>
      )}
      <MenuChoices
        label="Repeated calls"
        value={isFolding}
        choices={{ on: "Folded into one row", off: "Each a row" }}
        onChoose={(choice) => folding.set(choice)}
      />
      <MenuLine />
      <MenuChoices
        label="Older calls"
        value={isPaged ? "pages" : "endless"}
        choices={{ endless: "Follow as you scroll", pages: "On pages with numbers" }}
        onChoose={(choice) => {
          paging.set(choice);
          onPaged(choice === "pages");
        }}
      />
      <MenuLine />
      <MenuItem icon="download" onSelect={onExport}>
        Export this list
      </MenuItem>
    </Menu>
  );
}

import { createStoredText } from "../../lib/stored.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu, MenuChoices } from "../../ui/menu.tsx";
import { useStore } from "../../ui/use-store.ts";

/** Whether repeated calls are one row; this browser remembers. */
export const folding = createStoredText("ringback-folding", "on");

/** How the list is shown. */
export function ViewOptions() {
  const isFolding = useStore(folding);
  return (
    <Menu
      trigger={
        <Button look="quiet" size="icon" aria-label="How the list is shown">
          <Icon name="more" />
        </Button>
      }
    >
      <MenuChoices
        label="Repeated calls"
        value={isFolding}
        choices={{ on: "Folded into one row", off: "Each a row" }}
        onChoose={(choice) => folding.set(choice)}
      />
    </Menu>
  );
}

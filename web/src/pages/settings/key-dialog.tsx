import { type KeyboardEvent, useState } from "react";
import { type Command, hindrance } from "../../lib/commands.ts";
import { commandName, keyName } from "../../lib/keys.ts";
import { Button } from "../../ui/button.tsx";
import { DialogButtons } from "../../ui/confirm-dialog.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { keyText } from "../../ui/key-label.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { keys } from "../../ui/use-keys.ts";
import { chooseKey } from "./choices.ts";

/** Asks for another key of a command: pressed, not typed. One key, or G and another. */
export function KeyDialog({ command, onClose }: { readonly command: Command; readonly onClose: () => void }) {
  const [pressed, setPressed] = useState("");
  const isBegun = pressed === "g";
  const taken = pressed === "" || isBegun ? null : hindrance(command, pressed, keys.choices.get());
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (key.length !== 1 || key === " " || ctrlKey || metaKey || altKey) return;
    event.preventDefault();
    const name = keyName(event);
    setPressed(isBegun ? `g ${name}` : name);
  };
  const choose = (key: string | null) => {
    chooseKey(commandName(command), key === command.keys ? null : key);
    showToast({ text: `${command.label}: ${keyText(key ?? command.keys)}` });
    onClose();
  };
  return (
    <Dialog title={`Key of “${command.label}”`} width="max-w-sm" onClose={onClose}>
      <form
        className="mt-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (pressed !== "" && !isBegun && taken === null) choose(pressed);
        }}
      >
        <Field
          label="New key"
          hint={
            isBegun
              ? "Then another key."
              : "Press it here: a character, with Shift if you like, or G and then a character."
          }
          problem={taken === null ? null : `“${taken.label}” has ${keyText(taken.keys)} already.`}
          value={pressed === "" ? "" : keyText(pressed)}
          readOnly
          onKeyDown={onKeyDown}
        />
        <DialogButtons>
          <Button type="submit" look="primary" aria-disabled={pressed === "" || isBegun || taken !== null}>
            Use this key
          </Button>
          <Button onClick={() => choose(null)}>Usual key, {keyText(command.keys)}</Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

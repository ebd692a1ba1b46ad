import { useId, useRef } from "react";
import { announce } from "./announce.tsx";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";
import { showToast } from "./toasts.tsx";

/** A text to take away, such as a key that is shown this once, with a button that copies it. */
export function CopyField({ label, value }: { readonly label: string; readonly value: string }) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const copy = async () => {
    field.current?.select();
    // Missing where the page does not come over a secure connection.
    const { clipboard } = navigator as { readonly clipboard?: Clipboard };
    if (clipboard === undefined) {
      announce("Selected. Copy it with Ctrl+C.");
      return;
    }
    await clipboard.writeText(value);
    showToast({ text: `${label} copied` });
  };
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium text-soft">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          ref={field}
          id={id}
          readOnly
          spellCheck={false}
          value={value}
          onFocus={(event) => event.currentTarget.select()}
          className="h-9 min-w-0 flex-1 rounded-md border border-control bg-ground px-3 font-mono text-sm text-ink"
        />
        <Button look="primary" className="h-9" aria-label={`Copy ${label.toLowerCase()}`} onClick={() => void copy()}>
          <Icon name="copy" />
          Copy
        </Button>
      </div>
    </div>
  );
}

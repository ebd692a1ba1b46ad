import type { FormEvent, ReactNode } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

/** Asks before something that cannot be undone. What went wrong stands above the buttons, and the dialog stays. */
export function ConfirmDialog({
  title,
  action,
  problem,
  isRunning,
  onSubmit,
  onClose,
  children,
}: {
  readonly title: string;
  /** What the button says: `Revoke the key`. */
  readonly action: string;
  readonly problem: string | null;
  readonly isRunning: boolean;
  readonly onSubmit: (event: FormEvent) => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Dialog title={title} description={children} onClose={onClose}>
      <form onSubmit={onSubmit}>
        <p role="alert" className="mt-3 text-sm text-bad empty:hidden">
          {problem}
        </p>
        <DialogButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={isRunning}>
            {action}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

/** The row of buttons at the end of a dialog. */
export function DialogButtons({ children }: { readonly children: ReactNode }) {
  return <div className="mt-5 flex flex-wrap justify-end gap-2">{children}</div>;
}

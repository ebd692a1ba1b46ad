import { useState } from "react";
import { mutate } from "../../api/mutate.ts";
import { InviteUserDocument, type Role } from "../../api/settings.gen.ts";
import { announce } from "../../ui/announce.tsx";
import { Button } from "../../ui/button.tsx";
import { DialogButtons } from "../../ui/confirm-dialog.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Select } from "../../ui/field.tsx";
import { useSubmit } from "../session/use-submit.ts";
import { ShownOnce } from "../shell/shown-once.tsx";
import { roles } from "./roles.ts";

/** Makes a link by which one person makes their own account. */
export function InviteDialog({ onClose, onInvited }: { readonly onClose: () => void; readonly onInvited: () => void }) {
  const [role, setRole] = useState<Role>("MEMBER");
  const [link, setLink] = useState<string | null>(null);
  const { isRunning, problem, onSubmit } = useSubmit(async () => {
    const { inviteUser } = await mutate(InviteUserDocument, { role });
    setLink(`${location.origin}${inviteUser.path}`);
    announce("The invitation is made");
    onInvited();
  });
  if (link !== null) {
    return (
      <Dialog
        title="The invitation is made"
        description="Give this link to the one person whom you invite. They choose their own name and password."
        onClose={onClose}
      >
        <ShownOnce
          label="Link"
          value={link}
          note="It is shown only now, works once, and ends in seven days."
          action="Done"
          onDone={onClose}
        />
      </Dialog>
    );
  }
  return (
    <Dialog title="Invite somebody" description="They get a link to make their own account with." onClose={onClose}>
      <form onSubmit={onSubmit} className="mt-4">
        <Select
          label="Role"
          hint={roles[role].meaning}
          value={role}
          problem={problem}
          onChange={(event) => setRole(event.target.value as Role)}
        >
          {Object.entries(roles).map(([value, { label }]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
        <DialogButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={isRunning}>
            Make the link
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

import { mutate } from "../../api/mutate.ts";
import {
  DisableUserDocument,
  EnableUserDocument,
  type PersonPartsFragment,
  type Role,
  SetUserRoleDocument,
} from "../../api/settings.gen.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { useSubmit } from "../session/use-submit.ts";
import { roles } from "./roles.ts";

/** What is done to somebody's account: another role, or kept out, or let in again. */
export type PersonChange = Role | "disable" | "enable";

/** Asks before somebody is signed out by it, and says what else it ends. */
export function PersonDialog({
  person: { id, username, role },
  change,
  onClose,
}: {
  readonly person: PersonPartsFragment;
  readonly change: PersonChange;
  readonly onClose: () => void;
}) {
  const { isRunning, problem, onSubmit } = useSubmit(async () => {
    if (change === "disable") await mutate(DisableUserDocument, { userId: id });
    else if (change === "enable") await mutate(EnableUserDocument, { userId: id });
    else await mutate(SetUserRoleDocument, { userId: id, role: change });
    showToast({ text: textOf(username, change).done });
    onClose();
  });
  const { question, action } = textOf(username, change);
  const losesKeys = role === "ADMIN" && change !== "enable";
  return (
    <ConfirmDialog
      title={question}
      action={action}
      problem={problem}
      isRunning={isRunning}
      onSubmit={onSubmit}
      onClose={onClose}
    >
      {change === "enable"
        ? "They can sign in again with the password that they had. Nothing that ended comes back."
        : change === "disable"
          ? "They are signed out everywhere and cannot sign in."
          : `${roles[change].meaning} They are signed out everywhere, so that it counts at once.`}
      {losesKeys && " The keys and open invitations that they made end as well."}
    </ConfirmDialog>
  );
}

function textOf(name: string, change: PersonChange): { question: string; action: string; done: string } {
  if (change === "disable") return { question: `Disable ${name}?`, action: "Disable", done: `${name} is disabled` };
  if (change === "enable") return { question: `Enable ${name}?`, action: "Enable", done: `${name} is enabled` };
  const role = roles[change].label.toLowerCase();
  const article = change === "ADMIN" ? "an" : "a";
  return {
    question: `Make ${name} ${article} ${role}?`,
    action: `Make ${role}`,
    done: `${name} is ${article} ${role} now`,
  };
}

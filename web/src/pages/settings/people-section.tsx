import { useState } from "react";
import { useQuery } from "urql";
import { failureFrom } from "../../api/failure.ts";
import { mutate } from "../../api/mutate.ts";
import {
  type InvitationPartsFragment,
  PeopleDocument,
  type PersonPartsFragment,
  type Role,
  WithdrawInvitationDocument,
} from "../../api/settings.gen.ts";
import { useMe } from "../../api/use-me.ts";
import { until } from "../../lib/ago.ts";
import { formatInstant } from "../../lib/format.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu, MenuItem, MenuLine } from "../../ui/menu.tsx";
import { Failure } from "../../ui/states.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { useNow } from "../../ui/use-now.ts";
import { LoadingLines } from "../shell/loading-lines.tsx";
import { sayFailure } from "../shell/say-failure.ts";
import { InviteDialog } from "./invite-dialog.tsx";
import { type PersonChange, PersonDialog } from "./person-dialog.tsx";
import { roles } from "./roles.ts";
import { Rows, Section } from "./section.tsx";

/** Who has an account, what they may do, and who is invited. For admins. */
export function PeopleSection() {
  const [{ data, error }, fetchAgain] = useQuery({ query: PeopleDocument, requestPolicy: "cache-and-network" });
  const [isInviting, setIsInviting] = useState(false);
  const { me } = useMe();
  const refresh = () => fetchAgain({ requestPolicy: "network-only" });
  if (data === undefined) {
    if (error === undefined) return <LoadingLines what="People" />;
    return <Failure title="The people could not be fetched" failure={failureFrom(error)} onRetry={refresh} />;
  }
  return (
    <>
      <Section
        title="People"
        lead="Everybody with an account in this workspace."
        action={
          <Button look="primary" onClick={() => setIsInviting(true)}>
            <Icon name="plus" />
            Invite somebody
          </Button>
        }
      >
        <Rows label="People">
          {data.users.map((person) => (
            <PersonRow key={person.id} person={person} isMe={person.id === me?.id} />
          ))}
        </Rows>
      </Section>
      {data.invitations.length > 0 && (
        <Section title="Open invitations" lead="Links that still work. Each makes one account.">
          <Rows label="Open invitations">
            {data.invitations.map((invitation) => (
              <InvitationRow key={invitation.id} invitation={invitation} onChanged={refresh} />
            ))}
          </Rows>
        </Section>
      )}
      {isInviting && <InviteDialog onClose={() => setIsInviting(false)} onInvited={refresh} />}
    </>
  );
}

function PersonRow({ person, isMe }: { person: PersonPartsFragment; isMe: boolean }) {
  const [change, setChange] = useState<PersonChange | null>(null);
  return (
    <li className="flex min-h-13 items-center gap-3 px-4 py-2">
      <span
        aria-hidden="true"
        className="grid size-7 shrink-0 place-items-center rounded-full bg-selected text-sm font-semibold text-accent"
      >
        {person.username.slice(0, 1).toUpperCase()}
      </span>
      <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2">
        <span className="truncate text-base font-medium">{person.username}</span>
        {isMe && <span className="text-sm text-quiet">You</span>}
        {person.isDisabled && <Chip tone="warn">Disabled</Chip>}
      </span>
      <span className="text-base text-soft">{roles[person.role].label}</span>
      {isMe ? (
        <span className="size-8" />
      ) : (
        <Menu
          trigger={
            <Button look="quiet" size="icon" aria-label={`More for ${person.username}`}>
              <Icon name="more" />
            </Button>
          }
        >
          {(Object.keys(roles) as Role[])
            .filter((role) => role !== person.role)
            .map((role) => (
              <MenuItem key={role} icon="person" onSelect={() => setChange(role)}>
                Make {roles[role].label.toLowerCase()}
              </MenuItem>
            ))}
          <MenuLine />
          <MenuItem
            icon={person.isDisabled ? "restore" : "close"}
            onSelect={() => setChange(person.isDisabled ? "enable" : "disable")}
          >
            {person.isDisabled ? "Enable" : "Disable"}
          </MenuItem>
        </Menu>
      )}
      {change !== null && <PersonDialog person={person} change={change} onClose={() => setChange(null)} />}
    </li>
  );
}

function InvitationRow({ invitation, onChanged }: { invitation: InvitationPartsFragment; onChanged: () => void }) {
  const now = useNow();
  const { id, role, createdAt, expiresAt } = invitation;
  const withdraw = async () => {
    try {
      await mutate(WithdrawInvitationDocument, { id });
      showToast({ text: "The invitation is withdrawn" });
      onChanged();
    } catch (error) {
      sayFailure("The invitation could not be withdrawn", error, () => void withdraw());
    }
  };
  return (
    <li className="flex min-h-13 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-base">
      <span className="font-medium">{roles[role].label}</span>
      <span className="min-w-0 flex-1 text-quiet">
        made <time dateTime={createdAt}>{formatInstant(createdAt)}</time>, ends {until(expiresAt, now)}
      </span>
      <Button onClick={() => void withdraw()}>Withdraw</Button>
    </li>
  );
}

import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { session } from "../../api/session.ts";
import { Card } from "./card.tsx";
import { takeLinkToken } from "./link-token.ts";
import { NewAccountForm } from "./new-account-form.tsx";

/** The account of somebody who was invited. */
export function InvitationPage() {
  const [token] = useState(takeLinkToken);
  const navigate = useNavigate();
  return (
    <Card title="You are invited" lead="Make your account in your team's shared call inbox.">
      <NewAccountForm
        action="Make my account"
        run={async (username, password) => {
          await session.acceptInvitation(token, username, password);
          await navigate({ to: "/", replace: true });
        }}
      />
    </Card>
  );
}

import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { post } from "../../api/post.ts";
import { session } from "../../api/session.ts";
import { Card } from "./card.tsx";
import { takeLinkToken } from "./link-token.ts";
import { NewAccountForm } from "./new-account-form.tsx";

/** The first account, by the one-time link that the server printed. */
export function SetupPage() {
  const [token] = useState(takeLinkToken);
  const navigate = useNavigate();
  return (
    <Card title="Make the first account" lead="It is signed in at once, and can invite the others.">
      <NewAccountForm
        action="Make the account"
        run={async (username, password) => {
          await post("/setup", { token, username, password });
          await session.signIn(username, password);
          await navigate({ to: "/", replace: true });
        }}
      />
    </Card>
  );
}

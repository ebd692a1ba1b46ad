import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { session } from "../../api/session.ts";
import { useStore } from "../../ui/use-store.ts";
import { Card } from "./card.tsx";
import { SignInForm } from "./sign-in-form.tsx";

/** Goes on to where one came from, if that is a page of this app. */
export function SignInPage() {
  const { from = "/" } = useSearch({ from: "/sign-in" });
  const { status } = useStore(session.state);
  const navigate = useNavigate();
  useEffect(() => {
    if (status !== "signed-in") return;
    void navigate({ href: /^\/(?![/\\])/.test(from) ? from : "/", replace: true });
  }, [status, from, navigate]);
  if (status === "starting" || status === "signed-in") return null;
  return (
    <Card title="Sign in" lead="The shared call inbox of your team.">
      <SignInForm />
    </Card>
  );
}

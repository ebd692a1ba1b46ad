import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Field, PasswordField } from "../../ui/field.tsx";
import { useSubmit } from "./use-submit.ts";

/** Name and password of an account that is made now. */
export function NewAccountForm({
  action,
  run,
}: {
  readonly action: string;
  readonly run: (username: string, password: string) => Promise<void>;
}) {
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const { isRunning, problem, onSubmit } = useSubmit(() => run(username, password));
  return (
    <form onSubmit={onSubmit} className="mt-6 flex flex-col gap-4">
      <Field
        label="Name"
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={200}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- making the account is all there is to do here
        autoFocus
        value={username}
        onChange={(event) => setUsername(event.target.value)}
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="new-password"
        required
        minLength={8}
        hint="At least 8 characters."
        value={password}
        problem={problem}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" look="primary" size="lg" className="mt-1 justify-center" disabled={isRunning}>
        {action}
      </Button>
    </form>
  );
}

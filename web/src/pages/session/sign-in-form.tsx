import { useState } from "react";
import { session } from "../../api/session.ts";
import { Button } from "../../ui/button.tsx";
import { Field, PasswordField } from "../../ui/field.tsx";
import { useSubmit } from "./use-submit.ts";

/** Name and password. `username` holds the name fast, for who signs in again. */
export function SignInForm({ username: fixed, onDone }: { username?: string; onDone?: () => void }) {
  const [username, setUsername] = useState(fixed ?? "");
  const [password, setPassword] = useState("");
  const { isRunning, problem, onSubmit } = useSubmit(
    async () => {
      await session.signIn(username, password);
      onDone?.();
    },
    { UNAUTHENTICATED: "Name and password do not go together." },
  );
  return (
    <form onSubmit={onSubmit} className="mt-6 flex flex-col gap-4">
      <Field
        label="Name"
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- signing in is all there is to do here
        autoFocus={fixed === undefined}
        readOnly={fixed !== undefined}
        value={username}
        onChange={(event) => setUsername(event.target.value)}
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- as above
        autoFocus={fixed !== undefined}
        value={password}
        problem={problem}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" look="primary" size="lg" className="mt-1 justify-center" disabled={isRunning}>
        Sign in
      </Button>
    </form>
  );
}

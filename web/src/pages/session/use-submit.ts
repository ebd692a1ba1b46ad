import { type FormEvent, useState } from "react";
import { RequestFailure } from "../../api/post.ts";
import { countOf } from "../../lib/format.ts";

/** Runs a form's request: whether it runs, and what went wrong in words for the person who filled it in. */
export function useSubmit(run: () => Promise<void>, texts: Readonly<Record<string, string>> = {}) {
  const [isRunning, setIsRunning] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (isRunning) return;
    setIsRunning(true);
    setProblem(null);
    run()
      .catch((error: unknown) => {
        if (!(error instanceof RequestFailure)) throw error;
        setProblem(texts[error.code] ?? textOf(error));
      })
      .finally(() => setIsRunning(false));
  };
  return { isRunning, problem, onSubmit };
}

function textOf({ code, message, retryAfterMs }: RequestFailure): string {
  if (code === "RATE_LIMITED" && retryAfterMs !== null) {
    return `Too many attempts. Try again in ${countOf(Math.ceil(retryAfterMs / 1_000), "second")}.`;
  }
  return code === "NETWORK" ? "The server does not answer. Check the connection and try again." : message;
}

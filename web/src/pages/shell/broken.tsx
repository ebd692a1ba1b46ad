import type { ErrorComponentProps } from "@tanstack/react-router";
import { Failure } from "../../ui/states.tsx";

/** A screen could not be drawn or its script not be fetched, as happens when the server was updated meanwhile. */
export function Broken({ error }: ErrorComponentProps) {
  const failure = {
    message: error instanceof Error ? error.message : String(error),
    code: "PAGE",
    requestId: null,
    retryAfterMs: null,
  };
  return <Failure title="This screen could not be shown" failure={failure} onRetry={() => location.reload()} />;
}

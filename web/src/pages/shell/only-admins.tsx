import type { ReactNode } from "react";
import { useMe } from "../../api/use-me.ts";
import { Empty, Failure } from "../../ui/states.tsx";
import { LoadingLines } from "./loading-lines.tsx";

/** What only admins may see; others are told whom to ask. */
export function OnlyAdmins({ what, children }: { readonly what: string; readonly children: ReactNode }) {
  const { me, failure, retry } = useMe();
  if (failure !== null) return <Failure title={`${what} could not be fetched`} failure={failure} onRetry={retry} />;
  if (me === null) return <LoadingLines what={what} />;
  if (me.role === "ADMIN") return children;
  return (
    <Empty icon="person-none" title={`${what} are for admins`}>
      Ask somebody in your team who is an admin: they can change it for you, or make you an admin under Settings,
      People.
    </Empty>
  );
}

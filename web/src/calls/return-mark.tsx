import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useQuery } from "urql";
import { type CallRowFragment, OneCallDocument } from "../api/calls.gen.ts";
import { returnText } from "../lib/return-text.ts";
import { Chip } from "../ui/chip.tsx";
import { Icon } from "../ui/icon.tsx";

/** In sight where the row has room for it beside the note; heard in any case. */
const whereRoom = "sr-only @min-[32rem]:not-sr-only";

type Returned = Pick<CallRowFragment, "unreturned" | "return">;

/** On a row: whether somebody still has to call back, or how soon that was done. Nothing for calls that need nothing. */
export function ReturnMark({ call }: { call: Returned }) {
  if (call.unreturned)
    return (
      <span title="Waits for somebody to call back" className="inline-flex shrink-0">
        <Chip tone="warn">
          <Icon name="callback" size={12} />
          <span className={whereRoom}>Call back</span>
        </Chip>
      </span>
    );
  if (call.return === null) return null;
  const text = returnText(call.return);
  return (
    <span title={text} className="inline-flex h-6 shrink-0 items-center gap-1 text-xs text-quiet">
      <Icon name="check" size={12} className="text-accent" />
      <span className={whereRoom}>{text}</span>
    </span>
  );
}

/** In the panel: the same in a sentence, with the way to the call that settled it. */
export function ReturnLine({ call }: { call: Returned }) {
  if (call.unreturned) {
    return (
      <p className="mx-5 mb-3 flex items-center gap-2 rounded-md bg-warn-ground px-3 py-1.5 text-base text-warn">
        <Icon name="callback" />
        Waits for somebody to call back
      </p>
    );
  }
  return call.return === null ? null : <Settled settled={call.return} />;
}

function Settled({ settled }: { settled: NonNullable<Returned["return"]> }) {
  const variables = useMemo(() => ({ id: Number(settled.callId) }), [settled.callId]);
  const [{ data }] = useQuery({ query: OneCallDocument, variables });
  const who = data?.call?.assignee?.username;
  return (
    <p className="mx-5 mb-3 flex items-center gap-2 rounded-md bg-hover px-3 py-1.5 text-base text-soft">
      <Icon name="check" className="text-accent" />
      <span>
        {returnText(settled)} by{" "}
        <Link
          to="."
          search={(before: object) => ({ ...before, call: settled.callId })}
          className="font-medium text-accent underline underline-offset-2"
        >
          {settled.by === "GOT_THROUGH" ? "a later call" : who === undefined ? "a call of ours" : `${who}’s call`}
        </Link>
      </span>
    </p>
  );
}

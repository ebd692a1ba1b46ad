import type { CallRowFragment } from "../api/calls.gen.ts";
import { classNames } from "../lib/class-names.ts";
import { Icon, type IconName } from "../ui/icon.tsx";

type Kind = { readonly icon: IconName; readonly text: string; readonly colour: string };

/** What kind of call it was, as icon, words and colour: never by colour alone. */
export function kindOf({ direction, call_type: type }: Pick<CallRowFragment, "direction" | "call_type">): Kind {
  if (type === "voicemail") return { icon: "voicemail", text: "Voicemail", colour: "text-info" };
  if (type === "missed") {
    return direction === "outbound"
      ? { icon: "outbound", text: "No answer", colour: "text-quiet" }
      : { icon: "missed", text: "Missed", colour: "text-bad" };
  }
  return direction === "outbound"
    ? { icon: "outbound", text: "Outgoing", colour: "text-quiet" }
    : { icon: "inbound", text: "Answered", colour: "text-accent" };
}

/** Icon and words. */
export function CallKind({ call, className }: { call: CallRowFragment; className?: string }) {
  const { icon, text, colour } = kindOf(call);
  return (
    <span className={classNames("inline-flex items-center gap-2", className)}>
      <Icon name={icon} className={colour} />
      <span className={call.call_type === "missed" && call.direction === "inbound" ? "text-bad" : undefined}>
        {text}
      </span>
    </span>
  );
}

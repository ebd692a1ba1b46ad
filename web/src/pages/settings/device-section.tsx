import { useState } from "react";
import { forgetAnswers, keeping } from "../../api/kept-store.ts";
import { useStore } from "../../ui/use-store.ts";
import { titleCount } from "../shell/own-counts.ts";
import { NoticeLines } from "./notice-lines.tsx";
import { notices } from "../shell/use-notices.ts";
import { Section } from "./section.tsx";

/** What this browser does by itself; at once, without Save. */
export function DeviceSection() {
  const isCounting = useStore(titleCount) === "on";
  const isTelling = useStore(notices) === "on";
  const isKeeping = useStore(keeping) === "on";
  const [problem, setProblem] = useState("");
  const tell = async (isWanted: boolean) => {
    setProblem("");
    if (!isWanted) return notices.set("off");
    const isThere = "Notification" in window;
    const permission = isThere ? await Notification.requestPermission() : "denied";
    if (permission === "granted") notices.set("on");
    else setProblem("This browser does not let Ringback show notices. Allow them for this site, then try again.");
  };
  return (
    <Section title="This device" lead="It holds in this browser alone, and at once.">
      <div className="flex flex-col gap-4">
        <Choice
          label="Count of missed calls in the tab"
          hint="How many missed calls are not archived, before the title, with a dot on the icon."
          isOn={isCounting}
          onSwitch={(isOn) => titleCount.set(isOn ? "on" : "off")}
        />
        <Choice
          label="Notices of missed calls and voicemails"
          hint="By the system, while you look at something else."
          isOn={isTelling}
          onSwitch={(isOn) => void tell(isOn)}
        />
        {isTelling && <NoticeLines />}
        <Choice
          label="Keep calls to read without a connection"
          hint="The lists and calls you looked at last, in this browser, until you sign out. Leave it off on a computer that others use."
          isOn={isKeeping}
          onSwitch={(isOn) => {
            keeping.set(isOn ? "on" : "off");
            if (!isOn) void forgetAnswers();
          }}
        />
        <p role="alert" className="text-sm text-bad empty:hidden">
          {problem}
        </p>
      </div>
    </Section>
  );
}

function Choice({
  label,
  hint,
  isOn,
  onSwitch,
}: {
  readonly label: string;
  readonly hint: string;
  readonly isOn: boolean;
  readonly onSwitch: (isOn: boolean) => void;
}) {
  return (
    <label className="flex items-start gap-2 text-base">
      <input
        type="checkbox"
        className="mt-0.5 size-4 shrink-0 accent-accent"
        checked={isOn}
        onChange={(event) => onSwitch(event.target.checked)}
      />
      <span>
        {label}
        <span className="block text-sm text-quiet">{hint}</span>
      </span>
    </label>
  );
}

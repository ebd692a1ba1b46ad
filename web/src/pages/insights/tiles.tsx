import { callsLink } from "../../lib/calls-link.ts";
import { formatCount } from "../../lib/format.ts";
import { changeSince, countAll, countIn, type Days, type Group, shareOf } from "../../lib/insights.ts";
import { spanText } from "../../lib/return-text.ts";
import { MarkLink } from "./mark-link.tsx";

/** The counts behind the tiles, as the server groups them. */
export type Figures = {
  readonly types: Counted;
  readonly directions: Counted;
  readonly missed: Counted;
  readonly open: Counted;
  readonly before: Counted;
  readonly returns: {
    readonly missed: number;
    readonly unreturned: number;
    readonly returned: number;
    readonly medianAfter: number | null;
  };
};

type Counted = { readonly groups: readonly Group[]; readonly exact: boolean };

/** The figures that a lead looks at first; each opens the calls that it counts. */
export function Tiles({
  figures: { types, directions, missed, open, before, returns },
  days,
  line,
}: {
  readonly figures: Figures;
  readonly days: Days;
  readonly line: string | undefined;
}) {
  const [calls, missedCalls] = [countAll(types.groups), countAll(missed.groups)];
  const inbound = countIn(directions.groups, "inbound");
  const openCalls = countAll(open.groups);
  const voicemails = countIn(types.groups, "voicemail");
  const share = shareOf(missedCalls, inbound);
  return (
    <ul aria-label="Figures" className="grid grid-cols-2 gap-3 wide:grid-cols-3 xwide:grid-cols-6">
      <Tile
        name="Calls"
        value={formatCount(calls)}
        aside={compared(calls, countAll(before.groups))}
        href={callsLink({ days, line })}
      />
      <Tile
        name="Missed"
        value={share ?? "–"}
        aside={`${formatCount(missedCalls)} of ${formatCount(inbound)} inbound`}
        href={callsLink({ days, line, isMissed: true })}
      />
      <Tile
        name="Missed, not archived"
        value={formatCount(openCalls)}
        aside={openCalls === 0 ? "All handled" : "Nobody is done with them"}
        isBad={openCalls > 0}
        href={callsLink({ days, line, isMissed: true, isOpen: true })}
      />
      <Tile
        name="To call back"
        value={formatCount(returns.unreturned)}
        aside={returns.missed === 0 ? "None was missed" : `of ${formatCount(returns.missed)} missed or voicemail`}
        isBad={returns.unreturned > 0}
        href={callsLink({ days, line, isUnreturned: true })}
      />
      <Tile
        name="Time to call back"
        value={returns.medianAfter === null ? "–" : spanText(returns.medianAfter)}
        aside={returns.returned === 0 ? "None was returned" : `median of ${formatCount(returns.returned)} returned`}
        href={callsLink({ days, line, types: "missed,voicemail", isUnreturned: false })}
      />
      <Tile
        name="Voicemail"
        value={formatCount(voicemails)}
        aside={`${shareOf(voicemails, calls) ?? "–"} of all calls`}
        href={callsLink({ days, line, types: "voicemail" })}
      />
    </ul>
  );
}

function Tile({
  name,
  value,
  aside,
  href,
  isBad = false,
}: {
  readonly name: string;
  readonly value: string;
  readonly aside: string;
  readonly href: string;
  readonly isBad?: boolean;
}) {
  return (
    <li className="min-w-0">
      <MarkLink
        href={href}
        className="flex h-full flex-col rounded-lg border border-line bg-surface p-4 hover:border-control hover:bg-hover"
      >
        <span className="text-sm text-quiet">{name}</span>
        <span
          className={isBad ? "tabular mt-1 text-2xl font-semibold text-bad" : "tabular mt-1 text-2xl font-semibold"}
        >
          {value}
        </span>
        <span className="tabular mt-0.5 text-sm text-quiet">{aside}</span>
      </MarkLink>
    </li>
  );
}

function compared(now: number, before: number): string {
  const change = changeSince(now, before);
  return change === null ? "None in the days before" : `${change} than before`.replace("many than", "many as");
}

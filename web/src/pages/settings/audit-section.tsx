import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useQuery } from "urql";
import {
  type AuditEventPartsFragment,
  AuditEventsDocument,
  type AuditKind,
  AuditPeopleDocument,
} from "../../api/audit.gen.ts";
import { failureFrom } from "../../api/failure.ts";
import { useMe } from "../../api/use-me.ts";
import {
  auditRemark,
  auditSentence,
  type AuditTopic,
  auditTopicNamed,
  auditTopicOf,
  auditTopics,
} from "../../lib/audit-text.ts";
import { dayLabel, dayOf } from "../../lib/days.ts";
import { formatInstant, formatTime } from "../../lib/format.ts";
import { Button } from "../../ui/button.tsx";
import { Select } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Empty, Failure } from "../../ui/states.tsx";
import { useNow } from "../../ui/use-now.ts";
import { LoadingLines } from "../shell/loading-lines.tsx";
import { Rows, Section } from "./section.tsx";

type Shown = { readonly topic: AuditTopic | null; readonly by: string | null };

/** Who came in, and what was decided, newest first. What is shown of it is in the URL. For admins. */
export function AuditSection() {
  const { about, by = null } = useSearch({ from: "/shell/settings" });
  const topic = auditTopicNamed(about);
  const navigate = useNavigate();
  const [{ data }] = useQuery({ query: AuditPeopleDocument });
  const show = (shown: Shown) =>
    void navigate({
      to: "/settings",
      search: {
        section: "audit",
        ...(shown.topic !== null && { about: shown.topic }),
        ...(shown.by !== null && { by: shown.by }),
      },
      replace: true,
    });
  return (
    <Section
      title="Audit"
      lead="Who came in, and what was decided about people, keys, sources, settings and files. What is done to a call stands in its activity."
    >
      <div className="mb-4 flex flex-wrap gap-3">
        <Select
          label="About"
          className="max-w-56 min-w-36 flex-1"
          value={topic ?? ""}
          onChange={({ target: { value } }) => show({ topic: auditTopicNamed(value), by })}
        >
          <option value="">Everything</option>
          {Object.entries(auditTopics).map(([name, { label }]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </Select>
        <Select
          label="Done by"
          className="max-w-56 min-w-36 flex-1"
          value={by ?? ""}
          onChange={({ target: { value } }) => show({ topic, by: value === "" ? null : value })}
        >
          <option value="">Anybody</option>
          {(data?.users ?? []).map(({ id, username }) => (
            <option key={id} value={id}>
              {username}
            </option>
          ))}
        </Select>
      </div>
      <Page
        key={`${topic} ${by}`}
        shown={{ topic, by }}
        after={null}
        dayBefore={null}
        onShowAll={() => show({ topic: null, by: null })}
      />
    </Section>
  );
}

/** A page, and below it the next one once it is asked for. */
function Page({
  shown,
  after,
  dayBefore,
  onShowAll,
}: {
  readonly shown: Shown;
  readonly after: string | null;
  /** The day that the page before ends with, whose heading stands there. */
  readonly dayBefore: string | null;
  readonly onShowAll: () => void;
}) {
  const { topic, by } = shown;
  const variables = useMemo(() => {
    const kinds: readonly AuditKind[] | null = topic === null ? null : auditTopics[topic].kinds;
    return { filter: { kinds, actor: by }, after };
  }, [topic, by, after]);
  const [{ data, error }, fetchAgain] = useQuery({
    query: AuditEventsDocument,
    variables,
    requestPolicy: "cache-and-network",
  });
  const [isMore, setIsMore] = useState(false);
  const now = useNow();

  if (data === undefined) {
    if (error === undefined) return <LoadingLines what="Audit" />;
    const retry = () => fetchAgain({ requestPolicy: "network-only" });
    return <Failure title="The audit log could not be fetched" failure={failureFrom(error)} onRetry={retry} />;
  }
  const { nodes, hasNextPage, endCursor } = data.auditEvents;
  if (nodes.length === 0 && after === null) {
    return topic === null && by === null ? (
      <Empty icon="note" title="Nothing is told yet">
        What happens from now on stands here.
      </Empty>
    ) : (
      <Empty
        icon="search"
        title="Nothing like that was done"
        action={<Button onClick={onShowAll}>Show everything</Button>}
      >
        Or it was so long ago that it is no longer kept.
      </Empty>
    );
  }
  const days = [...Map.groupBy(nodes, ({ at }) => dayOf(at))];
  return (
    <>
      {days.map(([day, events]) => (
        <div key={day} className="mb-4">
          {day !== dayBefore && (
            <h3 className="mb-1.5 text-sm font-semibold text-soft">{dayLabel(day, new Date(now))}</h3>
          )}
          <Rows label={dayLabel(day, new Date(now))}>
            {events.map((event) => (
              <Row key={event.id} event={event} />
            ))}
          </Rows>
        </div>
      ))}
      {hasNextPage &&
        (isMore ? (
          <Page shown={shown} after={endCursor} dayBefore={days.at(-1)?.[0] ?? null} onShowAll={onShowAll} />
        ) : (
          <Button onClick={() => setIsMore(true)}>Show older ones</Button>
        ))}
    </>
  );
}

function Row({ event }: { readonly event: AuditEventPartsFragment }) {
  const { me } = useMe();
  const topic = auditTopicOf(event.kind);
  const remark = auditRemark(event);
  return (
    <li className="flex min-h-11 items-start gap-3 px-4 py-2.5">
      <Icon
        name={event.kind === "SIGN_IN_REFUSED" ? "alert" : topic === null ? "note" : auditTopics[topic].icon}
        className={event.kind === "SIGN_IN_REFUSED" ? "mt-0.5 text-bad" : "mt-0.5 text-quiet"}
      />
      <div className="min-w-0 flex-1">
        <p className="text-base wrap-anywhere">{auditSentence(event, me?.id ?? null)}</p>
        {remark !== null && <p className="text-sm wrap-anywhere text-quiet">{remark}</p>}
      </div>
      <time
        dateTime={event.at}
        title={formatInstant(event.at)}
        className="tabular shrink-0 text-sm leading-6 text-quiet"
      >
        {formatTime(event.at)}
      </time>
    </li>
  );
}

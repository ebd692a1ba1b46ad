import { type SubmitEvent, useState } from "react";
import { useLines } from "../../calls/lines.ts";
import { useMe, usePeople } from "../../calls/people.ts";
import { type CallQuery, listOfValues, queryOf } from "../../lib/call-query.ts";
import { dayOf } from "../../lib/days.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, Select } from "../../ui/field.tsx";

const types = { answered: "Answered", missed: "Missed", voicemail: "Voicemail" } as const;
const spans = [
  { text: "Today", days: 1 },
  { text: "7 days", days: 7 },
  { text: "30 days", days: 30 },
] as const;

/** All filters in one form; nothing of it holds before it is applied. */
export function FilterDialog({
  query,
  tags,
  onApply,
  onClose,
}: {
  readonly query: CallQuery;
  readonly tags: readonly string[];
  readonly onApply: (query: CallQuery) => void;
  readonly onClose: () => void;
}) {
  const [draft, setDraft] = useState<CallQuery>(query);
  const me = useMe();
  const others = usePeople().filter(({ id }) => id !== me?.id);
  const { lines, nameOf: lineOf } = useLines();
  const change = (part: { readonly [field in keyof CallQuery]: string }) => setDraft({ ...draft, ...part });
  const valueOf = (field: keyof CallQuery) => ({
    value: draft[field] ?? "",
    onChange: (event: { readonly target: { readonly value: string } }) => change({ [field]: event.target.value }),
  });
  const chosen = new Set(listOfValues(draft.type));
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    onApply(queryOf(draft));
    onClose();
  };
  return (
    <Dialog title="Filters" width="max-w-lg" onClose={onClose}>
      <form onSubmit={submit} className="mt-4 grid grid-cols-1 gap-x-4 gap-y-4 tablet:grid-cols-2">
        <fieldset className="tablet:col-span-2">
          <legend className="mb-1.5 text-sm font-medium text-soft">Type</legend>
          <div className="flex flex-wrap gap-x-5 gap-y-2">
            {Object.entries(types).map(([type, text]) => (
              <label key={type} className="flex min-h-6 items-center gap-2 text-base">
                <input
                  type="checkbox"
                  className="size-4 accent-accent"
                  checked={chosen.has(type)}
                  onChange={(event) => {
                    if (event.target.checked) chosen.add(type);
                    else chosen.delete(type);
                    change({ type: [...chosen].join(",") });
                  }}
                />
                {text}
              </label>
            ))}
          </div>
        </fieldset>
        <Select label="Direction" {...valueOf("direction")}>
          <option value="">Any</option>
          <option value="inbound">Incoming</option>
          <option value="outbound">Outgoing</option>
        </Select>
        <Select label="Line" {...valueOf("line")}>
          <option value="">Any</option>
          {[...new Set([...lines, ...listOfValues(draft.line)])].map((line) => (
            <option key={line} value={line}>
              {lineOf(line)}
            </option>
          ))}
        </Select>
        <Select label="Who takes care" {...valueOf("who")}>
          <option value="">Anybody</option>
          <option value="me">Me</option>
          <option value="nobody">Nobody</option>
          {others.map(({ id, username }) => (
            <option key={id} value={id}>
              {username}
            </option>
          ))}
        </Select>
        <Select label="Tag" {...valueOf("tag")}>
          <option value="">Any</option>
          {[...new Set([...tags, ...listOfValues(draft.tag)])].map((tag) => (
            <option key={tag} value={tag}>
              {tag}
            </option>
          ))}
        </Select>
        <div className="flex flex-wrap gap-2 tablet:col-span-2" role="group" aria-label="Days">
          {spans.map(({ text, days }) => (
            <Button
              key={days}
              size="sm"
              onClick={() => change({ from: dayOf(Date.now() - (days - 1) * 86_400_000), to: dayOf(Date.now()) })}
            >
              {text}
            </Button>
          ))}
        </div>
        <Field label="From" type="date" {...valueOf("from")} />
        <Field label="Until" type="date" {...valueOf("to")} />
        <Field label="At least (seconds)" type="number" min={0} inputMode="numeric" {...valueOf("min")} />
        <Field label="At most (seconds)" type="number" min={0} inputMode="numeric" {...valueOf("max")} />
        <Select label="Seen by you" {...valueOf("unread")}>
          <option value="">Read or unread</option>
          <option value="yes">Unread</option>
          <option value="no">Read</option>
        </Select>
        <Select label="Notes" {...valueOf("notes")}>
          <option value="">With or without</option>
          <option value="yes">With notes</option>
          <option value="no">Without notes</option>
        </Select>
        <Select label="Call back" {...valueOf("unreturned")}>
          <option value="">Wanted or not</option>
          <option value="yes">To call back</option>
          <option value="no">Not waiting</option>
        </Select>
        <Select label="State" {...valueOf("archived")}>
          <option value="">As the view has it</option>
          <option value="no">Not archived</option>
          <option value="yes">Archived</option>
        </Select>
        <div className="mt-1 flex gap-2 tablet:col-span-2">
          <Button type="submit" look="primary">
            Apply
          </Button>
          <Button look="quiet" onClick={() => setDraft(query.q === undefined ? {} : { q: query.q })}>
            Reset
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

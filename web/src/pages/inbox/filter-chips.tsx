import { useLines } from "../../calls/lines.ts";
import { usePeople } from "../../calls/people.ts";
import { type CallQuery, listOfValues, type QueryField, queryFields } from "../../lib/call-query.ts";
import { slotOf } from "../../lib/week-hours.ts";
import { Chip } from "../../ui/chip.tsx";

const words: Readonly<Record<string, string>> = {
  answered: "Answered",
  missed: "Missed",
  voicemail: "Voicemail",
  inbound: "Incoming",
  outbound: "Outgoing",
};
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "long" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });

/** What narrows the list down, each with a button that takes it away. */
export function FilterChips({
  query,
  onRemove,
}: {
  readonly query: CallQuery;
  readonly onRemove: (field: QueryField) => void;
}) {
  const people = usePeople();
  const { nameOf: lineOf } = useLines();
  return (
    <ul aria-label="Filters" className="flex min-w-0 flex-wrap items-center gap-1.5">
      {queryFields.map((field) => {
        const value = query[field];
        if (value === undefined) return null;
        const text = chipText(field, value, {
          ofPerson: (id) => people.find((one) => one.id === id)?.username ?? "a colleague",
          ofLine: lineOf,
        });
        return (
          <li key={field} className="flex min-w-0">
            <Chip tone="accent" removeLabel={`Remove the filter ${text}`} onRemove={() => onRemove(field)}>
              <bdi className="truncate">{text}</bdi>
            </Chip>
          </li>
        );
      })}
    </ul>
  );
}

type Names = { readonly ofPerson: (id: string) => string; readonly ofLine: (line: string) => string };

function chipText(field: QueryField, value: string, names: Names): string {
  switch (field) {
    case "q":
      return `“${value}”`;
    case "type":
    case "direction":
      return listOfValues(value)
        .map((one) => words[one] ?? one)
        .join(", ");
    case "line":
      return `Line ${listOfValues(value).map(names.ofLine).join(", ")}`;
    case "tag":
      return `Tag ${listOfValues(value).join(", ")}`;
    case "who":
      return value === "me" ? "Mine" : value === "nobody" ? "Unassigned" : `Of ${names.ofPerson(value)}`;
    case "unreturned":
      return value === "yes" ? "To call back" : "Not waiting for a call back";
    case "unread":
      return value === "yes" ? "Unread" : "Read";
    case "archived":
      return value === "yes" ? "Archived" : "Not archived";
    case "from":
      return `From ${dayText(value)}`;
    case "to":
      return `Until ${dayText(value)}`;
    case "hour":
      return hourText(value);
    case "min":
      return `${lengthText(value)} or longer`;
    case "max":
      return `${lengthText(value)} or shorter`;
    case "notes":
      return value === "yes" ? "With notes" : "Without notes";
  }
}

function hourText(value: string): string {
  const slot = slotOf(value);
  if (slot === null) return value;
  // The 1st of January 2024 was a Monday.
  return `${weekday.format(new Date(2024, 0, slot.weekday))}s from ${slot.hour} to ${slot.hour + 1}`;
}

function dayText(value: string): string {
  const date = new Date(`${value}T12:00:00`);
  return Number.isNaN(date.getTime()) ? value : day.format(date);
}

function lengthText(seconds: string): string {
  const count = Number(seconds);
  return count >= 60 && count % 60 === 0 ? `${count / 60} min` : `${count} s`;
}

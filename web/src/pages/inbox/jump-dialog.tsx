import { type SubmitEvent, useState } from "react";
import { dayOf } from "../../lib/days.ts";
import { addDays, isDay } from "../../lib/zoned-days.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";

const ago = [
  { text: "Yesterday", days: 1 },
  { text: "A week ago", days: 7 },
  { text: "A month ago", days: 30 },
] as const;

/** Asks for the day that the list is to begin with. */
export function JumpDialog({
  day,
  onJump,
  onClose,
}: {
  readonly day: string | undefined;
  readonly onJump: (day: string) => void;
  readonly onClose: () => void;
}) {
  const [today] = useState(() => dayOf(Date.now()));
  const [text, setText] = useState(day ?? today);
  const [problem, setProblem] = useState<string | null>(null);
  const jump = (to: string) => {
    onClose();
    onJump(to);
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isDay(text)) jump(text);
    else setProblem("Choose a day of the calendar.");
  };
  return (
    <Dialog title="Go to a day" width="max-w-sm" onClose={onClose}>
      <form onSubmit={submit} noValidate className="mt-4 flex items-end gap-2">
        <Field
          label="Day"
          type="date"
          max={today}
          className="min-w-0 flex-1"
          value={text}
          problem={problem}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" look="primary" className="h-9">
          Go
        </Button>
      </form>
      <div role="group" aria-label="Days before" className="mt-3 flex flex-wrap gap-2">
        {ago.map(({ text: name, days }) => (
          <Button key={days} size="sm" onClick={() => jump(addDays(today, -days))}>
            {name}
          </Button>
        ))}
      </div>
    </Dialog>
  );
}

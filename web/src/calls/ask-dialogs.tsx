import { type SubmitEvent, useState } from "react";
import { countOf } from "../lib/format.ts";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { useStore } from "../ui/use-store.ts";
import { type Asking, asking } from "./asking.ts";
import { assign, setTag } from "./call-actions.ts";
import { useMe, usePeople } from "./people.ts";
import { clearSelection } from "./selection.ts";

const tagMax = 50;

/** The dialogs of the actions on calls that need an answer. Once, beside the list. */
export function AskDialogs({ knownTags }: { knownTags: readonly string[] }) {
  const asked = useStore(asking);
  if (asked === null) return null;
  return asked.what === "tag" ? <TagDialog asked={asked} knownTags={knownTags} /> : <AssignDialog asked={asked} />;
}

const close = () => asking.set(null);

/** Closes the dialog with an answer: what was selected is done with. */
const answer = (act: () => unknown) => {
  close();
  clearSelection();
  act();
};

function nameOf({ about }: Asking): string {
  if ("matching" in about) return about.count === null ? "all calls that match" : countOf(about.count, "call");
  const [first] = about;
  return about.length === 1 && first !== undefined ? `the call with ${first.name}` : countOf(about.length, "call");
}

function TagDialog({ asked, knownTags }: { asked: Extract<Asking, { what: "tag" }>; knownTags: readonly string[] }) {
  const [text, setText] = useState("");
  const tag = text.trim();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (tag !== "") answer(() => setTag(asked.about, tag, true));
  };
  const offered = knownTags.filter((one) => !asked.tags.includes(one)).slice(0, 12);
  return (
    <Dialog title={`Tag ${nameOf(asked)}`} onClose={close}>
      <form onSubmit={submit} className="mt-4 flex items-end gap-2">
        <Field
          label="Tag"
          className="min-w-0 flex-1"
          value={text}
          maxLength={tagMax}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" look="primary" className="h-9" disabled={tag === ""}>
          Add
        </Button>
      </form>
      {offered.length > 0 && (
        <div role="group" aria-label="Tags in use" className="mt-4 flex flex-wrap gap-1.5">
          {offered.map((one) => (
            <Button key={one} size="sm" onClick={() => answer(() => setTag(asked.about, one, true))}>
              <Icon name="plus" size={12} />
              {one}
            </Button>
          ))}
        </div>
      )}
      {asked.tags.length > 0 && (
        <div role="group" aria-label="Tags it has" className="mt-4 border-t border-line pt-3">
          <p className="mb-2 text-sm font-medium text-soft">Take off</p>
          <div className="flex flex-wrap gap-1.5">
            {asked.tags.map((one) => (
              <Chip
                key={one}
                removeLabel={`Take off the tag ${one}`}
                onRemove={() => answer(() => setTag(asked.about, one, false))}
              >
                {one}
              </Chip>
            ))}
          </div>
        </div>
      )}
    </Dialog>
  );
}

function AssignDialog({ asked }: { asked: Asking }) {
  const people = usePeople();
  const me = useMe();
  const choose = (index: number | null) =>
    answer(() => assign(asked.about, index === null ? null : (people[index] ?? null)));
  return (
    <Dialog title={`Who takes care of ${nameOf(asked)}?`} onClose={close}>
      <ul className="mt-3 flex max-h-80 flex-col overflow-y-auto">
        {people.map(({ id, username }, index) => (
          <li key={id}>
            <Button look="quiet" className="h-9 w-full text-ink" onClick={() => choose(index)}>
              <Icon name="person" className="text-quiet" />
              <span className="truncate">{username}</span>
              {id === me?.id && <span className="text-sm font-normal text-quiet">you</span>}
            </Button>
          </li>
        ))}
        <li>
          <Button look="quiet" className="h-9 w-full text-ink" onClick={() => choose(null)}>
            <Icon name="person-none" className="text-quiet" />
            Nobody
          </Button>
        </li>
      </ul>
    </Dialog>
  );
}

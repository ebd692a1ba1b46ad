/** A colleague at a call. */
export type AtCall = { readonly name: string; readonly isWriting: boolean };

/** Who is at a call, as a sentence: `Sam is writing a note`, `Sam and Kim are looking`. Empty where nobody is. */
export function presenceText(all: readonly AtCall[]): string {
  const writing = all.filter(({ isWriting }) => isWriting);
  const looking = all.filter(({ isWriting }) => !isWriting);
  return [
    ...(writing.length > 0 ? [`${namesOf(writing)} writing a note`] : []),
    ...(looking.length > 0 ? [`${namesOf(looking)} looking`] : []),
  ].join(", ");
}

function namesOf(people: readonly AtCall[]): string {
  const [first, second] = people;
  if (first === undefined) return "";
  if (second === undefined) return `${first.name} is`;
  return people.length === 2
    ? `${first.name} and ${second.name} are`
    : `${first.name} and ${people.length - 1} others are`;
}

/** Groups what is told of everybody by call, leaving out one person. What is as it was is the very same as in `before`. */
export function byCall(
  told: readonly {
    readonly person: { readonly id: string; readonly username: string };
    readonly callId: string;
    readonly isWriting: boolean;
  }[],
  withoutId: string | null,
  before: ReadonlyMap<string, readonly AtCall[]>,
): ReadonlyMap<string, readonly AtCall[]> {
  const people = new Map<string, Map<string, AtCall>>();
  for (const { person, callId, isWriting } of told) {
    if (person.id === withoutId) continue;
    const those = people.get(callId) ?? new Map<string, AtCall>();
    people.set(callId, those);
    // With several tabs at one call, what is written in any counts.
    those.set(person.id, { name: person.username, isWriting: isWriting || those.get(person.id)?.isWriting === true });
  }
  return new Map(
    Array.from(people, ([callId, those]) => {
      const now = [...those.values()];
      const known = before.get(callId);
      return [callId, known !== undefined && isSame(known, now) ? known : now];
    }),
  );
}

function isSame(one: readonly AtCall[], other: readonly AtCall[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ name, isWriting }, at) => name === other[at]?.name && isWriting === other[at].isWriting)
  );
}

import Database from "better-sqlite3";

export type CallRow = {
  id: number;
  direction: string;
  from: string;
  to: string;
  duration: number;
  is_archived: boolean;
  call_type: string;
  via: string;
  created_at: string;
  /** Set where the caller has them at hand (published changes), so that nobody asks for them again. */
  notes?: NoteRow[];
};

export type NoteRow = { id: number; call_id: number; content: string };

/** What the resolvers of every SQLite alternative share: prepared statements, one transaction a write, durability FULL. */
export type Store = ReturnType<typeof openStore>;

export function openStore(file: string, { lateJoin }: { lateJoin: boolean }) {
  const db = new Database(file);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.pragma("cache_size = -65536");
  db.pragma("mmap_size = 1073741824");

  // As a list of ids: with a plain JOIN SQLite walks the whole index beside the wanted rows, four times as long as without.
  const page = db.prepare(
    lateJoin
      ? `SELECT * FROM calls WHERE id IN
           (SELECT id FROM calls ORDER BY created_at DESC, id DESC LIMIT @limit OFFSET @offset)
         ORDER BY created_at DESC, id DESC`
      : "SELECT * FROM calls ORDER BY created_at DESC, id DESC LIMIT @limit OFFSET @offset",
  );
  const count = db.prepare("SELECT count(*) FROM calls").pluck();
  const one = db.prepare("SELECT * FROM calls WHERE id = ?");
  const noteAdd = db.prepare("INSERT INTO notes (call_id, content) VALUES (?, ?)");
  const toggle = db.prepare("UPDATE calls SET is_archived = 1 - is_archived WHERE id = ?");
  const notesOfSome = new Map<number, Database.Statement>();

  return {
    page: (offset: number, limit: number) => page.all({ offset, limit }).map((row) => asCall(row)),
    count: () => count.get() as number,
    call: (id: number) => optionalCall(one.get(id)),
    notesOf,
    /** The call with its notes after it, or null when there is no such call. */
    addNote: db.transaction((id: number, content: string): CallRow | null => {
      if (one.get(id) === undefined) return null;
      noteAdd.run(id, content);
      return withNotes(id);
    }),
    /** The call with its notes after it, or null when there is no such call. */
    toggleArchived: db.transaction((id: number): CallRow | null =>
      toggle.run(id).changes === 0 ? null : withNotes(id),
    ),
  };

  /** The notes of each of these calls, newest first, in one statement. */
  function notesOf(callIds: readonly number[]): NoteRow[][] {
    let statement = notesOfSome.get(callIds.length);
    if (statement === undefined) {
      const marks = callIds.map(() => "?").join(", ");
      statement = db.prepare(`SELECT * FROM notes WHERE call_id IN (${marks}) ORDER BY call_id, id DESC`);
      notesOfSome.set(callIds.length, statement);
    }
    const byCall = new Map<number, NoteRow[]>(callIds.map((id) => [id, []]));
    for (const note of statement.all(...callIds) as NoteRow[]) byCall.get(note.call_id)?.push(note);
    return callIds.map((id) => byCall.get(id) ?? []);
  }

  function withNotes(id: number): CallRow | null {
    const call = optionalCall(one.get(id));
    if (call !== null) call.notes = notesOf([id])[0] ?? [];
    return call;
  }
}

function asCall(row: unknown): CallRow {
  const call = row as CallRow;
  call.is_archived = Boolean(call.is_archived);
  return call;
}

function optionalCall(row: unknown): CallRow | null {
  return row === undefined ? null : asCall(row);
}

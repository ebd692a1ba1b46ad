import type { Note } from "../../domain/call.ts";
import { actorText } from "../../domain/change.ts";
import { otherText } from "../../domain/returns.ts";
import { newsOf } from "../../domain/unread.ts";
import { returnColumns } from "../return-rows.ts";
import { type BareCall, snapshotText } from "../rows.ts";
import { keysFor } from "./call-keys.ts";
import type { Tx } from "./group-commit.ts";
import { type Columns, insertRows, together } from "./many-rows.ts";
import { newsColumns, replaceNews } from "./unread.ts";
import { addNotes, type Author, fields, sourceOf } from "./write-calls.ts";
import { toldTogether } from "./write-returns.ts";

/** What a source tells of a new call. */
type NewRow = Omit<BareCall, "id" | "tags" | "assignee" | "returned" | "revision">;

/** New calls of one author, each with its id at once, that are written together. */
export type NewCalls = {
  /** @returns the id. @param contents of its notes, newest first */
  add(call: NewRow, contents: readonly string[]): number;
  /** Writes those that were added since. Whatever else is to be read or written of calls waits for it. */
  write(): Promise<void>;
};

/** Five thousand new calls are a few dozen statements. */
export function createNewCalls(tx: Tx, author: Author): NewCalls {
  const { workspaceId } = author;
  let added: Added[] = [];
  return {
    add(fresh, contents) {
      const [id, revision] = [tx.ledger.nextCallId(), tx.ledger.nextRevision()];
      added.push({ call: { ...fresh, id, tags: [], assignee: null, returned: null, revision }, contents });
      return id;
    },
    async write() {
      const taken = added;
      added = [];
      if (taken.length === 0) return;
      const texts = taken.map(({ call }) => otherText(call));
      const others = await keysFor(tx, workspaceId, sourceOf(author), texts);
      const told = Array.from(taken, ({ call }, at) => ({ ...call, other: others[at] ?? null }));
      const states = await toldTogether(tx, workspaceId, told);
      const calls = Array.from(told, (call, at) => ({ ...call, returned: states[at] ?? null }));
      for (const call of calls) tx.ledger.count(null, call);
      await together([
        insertRows(tx, "calls", callColumns, calls.map(rowOf)),
        insertRows(tx, "changes", changeColumns, calls.map(changeOf)),
        insertRows(tx, "call_news", newsColumns, calls.flatMap(newsRowOf), replaceNews),
        ...taken.map(({ call, contents }) => notesOf(call, contents)),
      ]);
    },
  };

  function rowOf(call: KeyedCall) {
    return [workspaceId, call.id, call.revision, ...fields(call), call.other, ...returnColumns(call.returned)];
  }

  function changeOf(call: BareCall) {
    const told = [author.atMs, actorText(author.actor), call.id, snapshotText(call)];
    return [workspaceId, call.revision, "call.logged", ...told];
  }

  function newsRowOf(call: BareCall) {
    const news = newsOf("call.logged", author, call);
    return news?.kind === "for-all" ? [[workspaceId, call.id, call.revision, news.by ?? ""]] : [];
  }

  async function notesOf(call: BareCall, contents: readonly string[]): Promise<readonly Note[]> {
    return contents.length === 0 ? [] : addNotes(tx, author, call, contents);
  }
}

type Added = { readonly call: BareCall; readonly contents: readonly string[] };

type KeyedCall = BareCall & { readonly other: string | null };

const callColumns: Columns = {
  ...({ workspace_id: "bigint", id: "bigint", revision: "bigint" } as const),
  ...({ direction: "text", caller: "text", callee: "text", via: "text", duration_ms: "bigint" } as const),
  ...({ call_type: "text", is_archived: "integer", created_at_ms: "bigint", other: "text" } as const),
  ...({ returned_by: "bigint", returned_at_ms: "bigint", returned_how: "text" } as const),
};

const changeColumns: Columns = {
  ...({ workspace_id: "bigint", revision: "bigint", kind: "text", at_ms: "bigint" } as const),
  ...({ actor: "text", call_id: "bigint", snapshot: "text" } as const),
};

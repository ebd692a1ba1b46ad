import { createStore, type Store } from "../lib/store.ts";
import { live } from "./live.ts";

/** So many are remembered, those that went last. */
const rememberedMax = 1_000;

const deleted = createStore<ReadonlySet<string>>(new Set());

/** The calls that were deleted while this page was open, as far as it has heard of it. */
export const deletedCalls: Pick<Store<ReadonlySet<string>>, "get" | "follow"> = deleted;

live.onChange(({ kind, call }) => {
  if (kind !== "CALL_DELETED" || deleted.get().has(call.id)) return;
  deleted.set(new Set([...deleted.get(), call.id].slice(-rememberedMax)));
});

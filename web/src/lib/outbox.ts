import { createStore, type Store } from "./store.ts";

/** One thing that a person did and that the server has not confirmed yet. */
export type Errand = {
  /** The idempotency key: sent again under it, it is done once. */
  readonly key: string;
  /** Whose it is; nobody else's session sends it. */
  readonly userId: string;
  /** The page that keeps it in order; when that is closed, another takes it over. */
  readonly page: string;
  readonly madeAtMs: number;
  /** The operation's name, such as `AddNote`. */
  readonly name: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
};

/** Where errands outlive the page. A failure to keep one is no reason not to send it. */
export type ErrandStore = {
  put(errand: Errand): Promise<void>;
  remove(key: string): Promise<void>;
  /** All of them, in the order in which they were made. */
  all(): Promise<readonly Errand[]>;
};

export type Outbox = {
  /** What is not confirmed, in the order in which it goes out: one at a time, each after the one before it is settled. */
  readonly waiting: Store<readonly Errand[]>;
  /** Whether the server could not be reached for the first of them; `retry` tries it again. */
  readonly isHeld: Store<boolean>;
  /** @param isKept it is in the store already */
  add(errand: Errand, isKept?: boolean): void;
  /** The server has answered for it, with whatever. */
  settle(key: string): void;
  /** The server did not answer, or asks to be left alone for now: it stays first, and nothing is sent before `retry`. */
  hold(key: string): void;
  retry(): void;
};

/** What people did, on its way to the server: in order, once, whatever becomes of the connection. */
export function createOutbox(store: ErrandStore, send: (errand: Errand) => void): Outbox {
  const waiting = createStore<readonly Errand[]>([]);
  const isHeld = createStore(false);
  let sending: string | null = null;

  function sendNext(): void {
    const [first] = waiting.get();
    if (first === undefined || sending !== null || isHeld.get()) return;
    sending = first.key;
    send(first);
  }

  return {
    waiting,
    isHeld,
    add(errand, isKept = false) {
      if (waiting.get().some(({ key }) => key === errand.key)) return;
      waiting.set([...waiting.get(), errand]);
      if (!isKept) void store.put(errand);
      sendNext();
    },
    settle(key) {
      if (sending === key) sending = null;
      waiting.set(waiting.get().filter((errand) => errand.key !== key));
      void store.remove(key);
      if (waiting.get().length === 0) isHeld.set(false);
      sendNext();
    },
    hold(key) {
      if (sending === key) sending = null;
      isHeld.set(true);
    },
    retry() {
      if (!isHeld.get()) return;
      isHeld.set(false);
      sendNext();
    },
  };
}

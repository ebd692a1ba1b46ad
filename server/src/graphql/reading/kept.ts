/** Values that were made before, found by their keys: never more than a number of bytes, those used last first. */
export type Kept<Value> = {
  /** Counts as a use. */
  get(key: string): Value | undefined;
  /** @param bytes what the value takes; its key and its place here are added to it. */
  set(key: string, value: Value, bytes: number): void;
  delete(key: string): void;
  /** What is kept now, as far as it can be told. */
  readonly bytes: number;
};

type Held<Value> = { readonly value: Value; readonly bytes: number };

/** A place in the map, the object in it and the head of its key. */
const overheadBytes = 150;

/**
 * Two generations instead of an order of use: what is used moves into the young one, and when that has half the bytes, the
 * old one is forgotten whole. A use of a young value is one look-up; a map that keeps the order of use deletes and
 * inserts at every look.
 */
export function createKept<Value>(bytesMax: number): Kept<Value> {
  let young = new Map<string, Held<Value>>();
  let old = new Map<string, Held<Value>>();
  let youngBytes = 0;
  let oldBytes = 0;
  return {
    get(key) {
      const held = young.get(key);
      if (held !== undefined) return held.value;
      const found = old.get(key);
      if (found === undefined) return undefined;
      forgetOld(key, found);
      hold(key, found);
      return found.value;
    },
    set(key, value, bytes) {
      forget(key);
      const held = { value, bytes: bytes + key.length + overheadBytes };
      // One value must not push out all others.
      if (held.bytes <= bytesMax / 8) hold(key, held);
    },
    delete: forget,
    get bytes() {
      return youngBytes + oldBytes;
    },
  };

  function hold(key: string, held: Held<Value>): void {
    if (youngBytes + held.bytes > bytesMax / 2) {
      [old, oldBytes] = [young, youngBytes];
      [young, youngBytes] = [new Map(), 0];
    }
    young.set(key, held);
    youngBytes += held.bytes;
  }

  function forget(key: string): void {
    const held = young.get(key);
    if (held !== undefined && young.delete(key)) youngBytes -= held.bytes;
    const found = old.get(key);
    if (found !== undefined) forgetOld(key, found);
  }

  function forgetOld(key: string, { bytes }: Held<Value>): void {
    old.delete(key);
    oldBytes -= bytes;
  }
}

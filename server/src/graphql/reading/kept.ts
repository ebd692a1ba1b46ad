/** Values that were made before, found by their keys: never more than a number of bytes on all shelves together. */
export type Kept<Value> = {
  /** A shelf with keys of its own, which shares the bytes with the others. */
  shelf<Key extends string | number>(): Shelf<Key, Value>;
  /** What is kept now, as far as it can be told. */
  readonly bytes: number;
};

export type Shelf<Key extends string | number, Value> = {
  /** Counts as a use. */
  get(key: Key): Value | undefined;
  /** @param bytes what the value takes; its place here is added to it. */
  set(key: Key, value: Value, bytes: number): void;
  delete(key: Key): void;
  /** Forgets all of this shelf. */
  clear(): void;
};

type Held<Value> = { readonly value: Value; readonly bytes: number; isUsed: boolean };
type Places<Value> = Map<string | number, Held<Value>>;

/** A place in the map, the object in it and the head of its key. */
const overheadBytes = 120;

/**
 * What makes room is found by the clock of page replacement (Corbató, 1968): a hand goes round over all that is kept, and
 * takes what was not used since it came by last. A use writes one bit; an order of use, kept in a map, would delete and insert at
 * every look, and two generations with half of the bytes each lost a third of the looks where all would just have fitted.
 */
export function createKept<Value>(bytesMax: number): Kept<Value> {
  const shelves: Places<Value>[] = [];
  let bytes = 0;
  let hand = round();

  return {
    shelf() {
      const places: Places<Value> = new Map();
      shelves.push(places);
      return {
        get(key) {
          const held = places.get(key);
          if (held === undefined) return undefined;
          held.isUsed = true;
          return held.value;
        },
        set(key, value, size) {
          forget(places, key);
          const held = { value, bytes: size + overheadBytes + String(key).length, isUsed: false };
          // One value must not push out all others.
          if (held.bytes > bytesMax / 8) return;
          makeRoom(held.bytes);
          places.set(key, held);
          bytes += held.bytes;
        },
        delete: (key) => forget(places, key),
        clear() {
          for (const held of places.values()) bytes -= held.bytes;
          places.clear();
        },
      };
    },
    get bytes() {
      return bytes;
    },
  };

  function forget(places: Places<Value>, key: string | number): void {
    const held = places.get(key);
    if (held === undefined) return;
    places.delete(key);
    bytes -= held.bytes;
  }

  function makeRoom(wanted: number): void {
    while (bytes + wanted > bytesMax) {
      const next = hand.next();
      if (next.done === true) hand = round();
      else {
        const { places, key, held } = next.value;
        if (held.isUsed) held.isUsed = false;
        else forget(places, key);
      }
    }
  }

  /** Once over what is kept as it comes by: what is put there meanwhile waits for the next round, as behind the hand of a clock. */
  function* round() {
    for (const places of shelves) {
      let left = places.size;
      for (const [key, held] of places) {
        if (left === 0) break;
        left -= 1;
        yield { places, key, held };
      }
    }
  }
}

/** A message of one node to the others about a workspace. */
export type Whisper = {
  readonly workspaceId: number;
  /** At most {@link whisperBytesMax} bytes of UTF-8. */
  readonly message: string;
};

/**
 * Messages between nodes, by best effort: what one whispers, the others hear soon, in order, or never. Nobody hears themselves.
 * For what may be lost, because it is said again before long.
 */
export interface Whispers {
  /** Never throws, and never waits. What is longer than it may be is not sent. */
  whisper(whisper: Whisper): void;
  /**
   * Hears what others whisper, of every workspace, until the returned function is called. Null says that some may have been missed:
   * soon after one has begun to listen, and whenever the way to the others stands again.
   */
  listen(listener: (whisper: Whisper | null) => void): () => void;
}

export const whisperBytesMax = 1_024;

export function isWhisper({ message }: Whisper): boolean {
  return Buffer.byteLength(message) <= whisperBytesMax;
}

/** Of a node that is alone: nobody hears, and there is nothing to hear. */
export const localWhispers: Whispers = {
  whisper: () => undefined,
  listen: () => () => undefined,
};

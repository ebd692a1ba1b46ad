/** What one event stream, one session and one network may do. Times in milliseconds. */
export type EventStreamLimits = {
  /** What may wait to be sent to a reader that does not keep up; beyond either, it is cut off. */
  readonly queueBytesMax: number;
  readonly queueEventsMax: number;
  /** How long nothing may be sent. Less than the time after which the server gives up a connection on which nothing moves. */
  readonly heartbeatMs: number;
  /** How long after its token's end a stream is ended. No event is sent later than that. */
  readonly expiryGraceMs: number;
  /** How long a peer may take to read the rest once its stream has ended. */
  readonly closeGraceMs: number;
  readonly streamsPerSession: number;
  readonly streamsPerNetwork: number;
  /** Streams opened from one network: this many a second, and so many at once before that. */
  readonly opensPerSecond: number;
  readonly opensBurst: number;
};

export const defaultEventStreamLimits: EventStreamLimits = {
  queueBytesMax: 1_048_576,
  queueEventsMax: 256,
  heartbeatMs: 12_000,
  expiryGraceMs: 5_000,
  closeGraceMs: 5_000,
  streamsPerSession: 32, // a stream is one operation, of which a socket has as many
  streamsPerNetwork: 5_000,
  opensPerSecond: 50,
  opensBurst: 5_000, // an office that comes back after a restart
};

/** What one socket, one session and one network may do. Times in milliseconds. */
export type WebsocketLimits = {
  /** Largest message taken, in bytes; a larger one closes with 1009. */
  readonly messageBytesMax: number;
  readonly messageFragmentsMax: number;
  /** Messages and control frames: this many a second, and so many at once before that. More closes with 1008. */
  readonly messagesPerSecond: number;
  readonly messagesBurst: number;
  readonly operationsMax: number;
  /** What a client of the legacy protocol may send before its connection_init was answered, in characters. */
  readonly heldCharactersMax: number;
  /** What may wait to be sent to a reader that does not keep up; beyond either, it is closed with 1013. */
  readonly queueBytesMax: number;
  readonly queueEventsMax: number;
  /** For how long a socket may be open without a connection_init. */
  readonly initMs: number;
  readonly pingMs: number;
  /** So many pings in a row without any sign of life mean that the peer is gone. */
  readonly missedPingsMax: number;
  /** How long before its token's end a client is warned. */
  readonly reauthWarningMs: number;
  /** How long after its token's end a socket is closed. No event is sent later than that. */
  readonly expiryGraceMs: number;
  /** How long a peer may take to answer a close before it is cut off. */
  readonly closeGraceMs: number;
  /** Malformed messages of the legacy protocol that are answered before the socket is closed. */
  readonly malformedMax: number;
  readonly socketsPerSession: number;
  readonly socketsPerNetwork: number;
  /** Handshakes of one network: this many a second, and so many at once before that. */
  readonly handshakesPerSecond: number;
  readonly handshakesBurst: number;
};

export const defaultWebsocketLimits: WebsocketLimits = {
  messageBytesMax: 65_536,
  messageFragmentsMax: 1_024,
  messagesPerSecond: 60,
  messagesBurst: 120,
  operationsMax: 32,
  heldCharactersMax: 262_144,
  queueBytesMax: 1_048_576,
  queueEventsMax: 256,
  initMs: 3_000,
  pingMs: 25_000,
  missedPingsMax: 2,
  reauthWarningMs: 30_000,
  expiryGraceMs: 5_000,
  closeGraceMs: 5_000,
  malformedMax: 10,
  socketsPerSession: 20,
  socketsPerNetwork: 5_000,
  handshakesPerSecond: 50,
  handshakesBurst: 5_000, // an office that comes back after a restart
};

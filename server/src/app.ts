import { randomBytes, randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { isIPv6 } from "node:net";
import { setTimeout as later } from "node:timers/promises";
import { createKeyRing } from "./auth/keys.ts";
import { createPasswords, type PasswordParameters } from "./auth/passwords.ts";
import { createRevocations } from "./auth/revocations.ts";
import { createRepeatableSecrets } from "./auth/repeatable-secrets.ts";
import { createSecretBox } from "./auth/secret-box.ts";
import { systemSecrets } from "./auth/secrets.ts";
import { createSetupToken } from "./auth/setup-token.ts";
import { shareThrottle } from "./auth/shared-throttle.ts";
import { createSignInThrottle } from "./auth/throttle.ts";
import { createTokens } from "./auth/tokens.ts";
import type { OpenDoorbell } from "./changes/broker-doorbell.ts";
import { createChangeFeed } from "./changes/feed.ts";
import { type DoorbellAddress, parseDoorbellAddress } from "./changes/doorbell-address.ts";
import { createLocalDoorbell } from "./changes/local-doorbell.ts";
import { type Config, clientSettings } from "./config.ts";
import { openDatabase, watchForMove } from "./database.ts";
import { createApiKeys } from "./domain/api-keys.ts";
import { createBudgets } from "./domain/budgets.ts";
import { createDesk } from "./domain/desk.ts";
import { DomainError } from "./domain/errors.ts";
import { createInbox, type Inbox } from "./domain/inbox.ts";
import { createIntake, type Intake } from "./domain/intake.ts";
import { createInvitations } from "./domain/invitations.ts";
import { createPeople } from "./domain/people.ts";
import type { Clock, Log, Passwords } from "./domain/ports.ts";
import { createPresenceBoard } from "./changes/presence-board.ts";
import { createUnreadBell } from "./changes/unread-bell.ts";
import { localWhispers } from "./changes/whispers.ts";
import { createContactWatch } from "./changes/contact-watch.ts";
import { createContactFiles } from "./contacts/contact-files.ts";
import { createDirectory } from "./domain/call-names.ts";
import { createContacts } from "./domain/contacts.ts";
import { createPhoneNumbers } from "./domain/phone-numbers.ts";
import { createPresenceDesk } from "./domain/presence.ts";
import { createUnread } from "./domain/unread.ts";
import { createWebhooks } from "./domain/webhooks.ts";
import { createRefusedSignIns } from "./domain/refused-sign-ins.ts";
import { createSessions } from "./domain/sessions.ts";
import { createSharing } from "./domain/shared-limits.ts";
import type { Storage } from "./domain/storage.ts";
import { firstWorkspaceId } from "./domain/workspace.ts";
import { createGraphqlCore } from "./graphql/graphql-core.ts";
import { createActing } from "./graphql/acting.ts";
import { createReading } from "./graphql/reading/reading.ts";
import { executableSchema, readSdl } from "./graphql/schema.ts";
import { createGraphiqlPage } from "./http/graphiql/graphiql-page.ts";
import { createGraphqlHandler } from "./http/graphql-handler.ts";
import { createOriginPolicy } from "./http/origins.ts";
import { createPeerAddress } from "./http/peer-address.ts";
import { createOpenElsewhere } from "./http/open-elsewhere.ts";
import { createHttpServer } from "./http/server.ts";
import { createWebApp } from "./http/web-app.ts";
import { createEventStreams, eventStreamPath } from "./http/sse/endpoint.ts";
import type { EventStreamLimits } from "./http/sse/limits.ts";
import { attachWebsocket } from "./http/websocket/attach.ts";
import { type WebsocketLimits, defaultWebsocketLimits } from "./http/websocket/limits.ts";
import { createLog } from "./log.ts";
import { createNumberKeys } from "./domain/number-key.ts";
import { createNumberPlans } from "./numbers/number-plans.ts";
import { startUpkeep } from "./upkeep.ts";
import { createReach } from "./webhooks/networks.ts";
import { createPost } from "./webhooks/post.ts";
import { startWebhookWorker } from "./webhooks/worker.ts";

/** A running server, and the use cases for whoever lives in the same process (the demo's colleagues). */
export type App = {
  readonly url: string;
  /** Creates the first account, once; null when there is one. */
  readonly setupUrl: string | null;
  readonly storage: Storage;
  readonly inbox: Inbox;
  readonly intake: Intake;
  readonly passwords: Passwords;
  /** Resolves once the database was moved away by `ringback copy`, with a sentence for the operator: there is nothing to serve any more. */
  readonly moved: Promise<string>;
  /** Finishes what runs, closes what is idle, then the database. Idempotent. */
  close(): Promise<void>;
};

export type AppOptions = {
  /** Any name and password signs in. Only ever on loopback. */
  readonly anyPassword?: boolean;
  readonly clock?: Clock;
  readonly log?: Log;
  readonly passwordParameters?: PasswordParameters;
  /** How long one GraphQL operation may take. Default 5,000 ms. */
  readonly executionMs?: number;
  /** Other limits of WebSockets than the standing ones. */
  readonly websocketLimits?: Partial<WebsocketLimits>;
  /** Other limits of event streams than the standing ones. */
  readonly eventStreamLimits?: Partial<EventStreamLimits>;
  /** Stands between the database and everything else; for tests that need it to fail. */
  readonly aroundStorage?: (storage: Storage) => Storage;
};

/**
 * Starts the server: the one place where the parts are put together.
 * @throws DomainError BAD_CONFIGURATION, PORT_TAKEN, STORAGE_*, UNAVAILABLE; nothing is left open then.
 */
export async function startApp(config: Config, options: AppOptions = {}): Promise<App> {
  if (options.anyPassword === true && !isLoopback(config.host)) {
    throw new DomainError("BAD_CONFIGURATION", "Where any password signs in, only a loopback address may be served.");
  }
  const closing: (() => unknown)[] = [];
  const close = once(async () => {
    for (const end of closing.toReversed()) await end();
  });
  try {
    return { ...(await compose(config, options, (end) => closing.push(end))), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function compose(
  config: Config,
  options: AppOptions,
  onClose: (end: () => unknown) => void,
): Promise<Omit<App, "close">> {
  const {
    clock = { now: Date.now },
    log = createLog(config.logLevel),
    aroundStorage = (storage: Storage) => storage,
  } = options;
  const report = (what: string) => (error: unknown) => log.warn({ err: error }, what);

  makeFolder(config.data);
  const opening = openDatabase(config, clock, log);
  const schema = executableSchema(readSdl()); // while the writing thread starts
  const opened = await opening;
  const storage = aroundStorage(opened.storage);
  onClose(() => storage.close());
  const { others } = opened;
  const share =
    others === null
      ? undefined
      : createSharing({
          tallies: others.tallies,
          clock,
          report: report("limits could not be settled with other nodes"),
        });
  const elsewhere =
    others === null
      ? null
      : createOpenElsewhere({
          nodes: others.nodes,
          nodeId: randomUUID(),
          report: report("what is open on other nodes could not be looked up"),
        });
  onClose(() => elsewhere?.close());

  const keys = createKeyRing({
    folder: config.data,
    sealingSecret: config.keysSecret,
    clock,
    report: report("the signing keys could not be rotated"),
  });
  const passwords = createPasswords({ ...(options.passwordParameters && { parameters: options.passwordParameters }) });
  const revocations = await createRevocations({
    sessions: {
      async revokedSince(sinceMs) {
        return [...(await storage.sessions.revokedSince(sinceMs)), ...(await storage.apiKeys.revokedSince(sinceMs))];
      },
    },
    clock,
    pollMs: 1_000,
    report: report("ended sessions could not be looked up"),
  });
  onClose(() => revocations.close());
  const apiKeys = createApiKeys({
    storage,
    secrets: systemSecrets,
    clock,
    report: report("the last use of a key could not be written"),
    share,
  });
  const throttle = createSignInThrottle({ clock, perNetworkPerMinute: config.signInsPerNetwork });
  const refusals = createRefusedSignIns({
    audit: storage.audit,
    clock,
    report: report("refused sign-ins could not be told to the audit log"),
  });
  onClose(() => refusals.close());
  const sessions = createSessions({
    storage,
    apiKeys,
    tokens: createTokens({ keys, clock }),
    passwords,
    throttle: others === null ? throttle : shareThrottle(throttle, { tallies: others.tallies, clock }),
    share,
    refusals,
    revocations,
    clock,
    newId: randomUUID,
    notice: (notice) => log.warn(notice, "a session looks as if its token was stolen"),
    settings: {
      defaultRotation: config.refreshRotation,
      graceMs: config.refreshGraceMs,
      sessionMs: config.sessionDays * 86_400_000,
      deprecatedRefresh: config.deprecatedRefresh,
      anyPassword: options.anyPassword ?? false,
    },
  });

  const doorbell = await openDoorbell(parseDoorbellAddress(config.doorbell), log);
  onClose(() => doorbell.close());
  const changeFeed = createChangeFeed({ storage, doorbell, log });
  onClose(() => changeFeed.close());
  const contactWatch = createContactWatch({
    contacts: storage.contacts,
    report: report("changes of contacts could not be looked up"),
  });
  onClose(() => contactWatch.close());
  const presenceBoard = createPresenceBoard({ clock, revocations, whispers: doorbell.whispers });
  onClose(() => presenceBoard.close());
  const unreadBell = createUnreadBell(doorbell.whispers);
  onClose(() => unreadBell.close());
  const phoneNumbers = createPhoneNumbers(createNumberPlans());
  const contacts = createContacts({
    storage,
    phoneNumbers,
    files: createContactFiles(),
    clock,
    newId: randomUUID,
    changed: (workspaceId) => contactWatch.ring(workspaceId),
  });
  const inbox = createInbox({ storage, clock });
  const intake = createIntake({ storage, clock });
  const repeatable = createRepeatableSecrets(keys);
  const desk = createDesk({
    storage,
    intake,
    mapping: async () => (await import("./ingest/mapping.ts")).sourceMapping,
    secrets: systemSecrets,
    repeatable,
    revocations,
    numberKeys: createNumberKeys(createNumberPlans()),
    clock,
    newId: randomUUID,
    countryChanged: (workspaceId) => contactWatch.ring(workspaceId),
  });
  const secretBox = createSecretBox(config.keysSecret);
  const reach = createReach(config.webhookNetworks);
  const webhookWorker = startWebhookWorker({
    storage,
    box: secretBox,
    post: createPost(reach),
    doorbell,
    clock,
    log,
    holder: randomUUID(),
  });
  onClose(() => webhookWorker.close());
  const { introspection, costPerSession, requestsPerNetwork } = config;
  const websocketLimits = { socketsPerNetwork: config.socketsPerNetwork, ...options.websocketLimits };
  const budgets = createBudgets({
    clock,
    sessionCostPerMinute: costPerSession,
    networkRequestsPerMinute: requestsPerNetwork,
    share,
  });
  const core = createGraphqlCore({
    schema,
    inbox,
    sessions,
    people: createPeople({
      storage,
      secrets: systemSecrets,
      repeatable,
      revocations,
      clock,
      newId: randomUUID,
    }),
    presence: createPresenceDesk({ storage, board: presenceBoard }),
    desk,
    unread: createUnread({ storage, bell: unreadBell, clock }),
    webhooks: createWebhooks({
      storage,
      secrets: systemSecrets,
      repeatable,
      box: secretBox,
      refusalOf: (host) => reach.refusalOf(host),
      clock,
      newId: randomUUID,
      wake: () => webhookWorker.wake(),
    }),
    workspaces: storage.workspaces,
    contacts,
    contactWatch,
    directory: createDirectory({ storage, phoneNumbers }),
    changeFeed,
    log,
    budgets,
    reading: createReading({ storage, inbox }),
    acting: createActing(inbox),
    settings: { introspection, ...(options.executionMs !== undefined && { executionMs: options.executionMs }) },
  });

  const origins = createOriginPolicy(config.origins);
  const peerAddress = createPeerAddress(config.trustedProxies);
  const newRequestId = createRequestIds();
  const page = createGraphiqlPage();
  const needsAccount = options.anyPassword !== true && (await storage.users.count()) === 0;
  const first = needsAccount ? await storage.workspaces.find(firstWorkspaceId) : null;
  const setupToken = first && createSetupToken(repeatable, first.epoch);
  let isStopping = false;
  const move = watchForMove(storage);
  onClose(() => move.close());
  const isReady = async () =>
    !isStopping && !move.isMoved() && (await storage.workspaces.find(firstWorkspaceId)) !== null;
  const eventStreams = createEventStreams({
    core,
    sessions,
    revocations,
    clock,
    log,
    origins,
    peerAddress,
    elsewhere,
    limits: { streamsPerNetwork: config.socketsPerNetwork, ...options.eventStreamLimits },
  });
  const webApp = createWebApp();
  const http = createHttpServer({
    handlerOf: webApp.handlerOf,
    paths: {
      [eventStreamPath]: eventStreams.handle,
      "/graphql": createGraphqlHandler({ core, origins, peerAddress, page, servesGet: config.graphqlGet, log }),
    },
    makeRouter: async () => {
      const { createRoutes } = await import("./http/routes.ts");
      return createRoutes({
        log,
        health: { isReady },
        schema: { sdl: readSdl(), isOpen: introspection === "open", sessions },
        rest: { sessions, inbox, contacts, origins, peerAddress, budgets, log },
        exports: { exports: desk.exports, calls: storage.calls, sessions, budgets, peerAddress },
        ingest: { intake, log },
        keys: { jwks: () => keys.jwks() },
        session: { sessions, clock, peerAddress },
        setup: {
          isToken: (text) => setupToken?.is(text) ?? false,
          storage,
          passwords,
          clock,
          newId: randomUUID,
        },
        invitations: {
          invitations: createInvitations({ storage, secrets: systemSecrets, passwords, clock, newId: randomUUID }),
          sessions,
          clock,
          peerAddress,
        },
        pages: { isSetupPending: async () => setupToken !== null && (await storage.users.count()) === 0, webApp },
        docs: {
          websocket: { ...defaultWebsocketLimits, ...websocketLimits },
          sessionCostPerMinute: costPerSession,
          networkRequestsPerMinute: requestsPerNetwork,
          settings: clientSettings(config),
        },
      });
    },
    log,
    newRequestId,
  });

  const websocket = attachWebsocket(http.server, {
    core,
    sessions,
    revocations,
    clock,
    log,
    isOriginAllowed: (origin, host) => origins.isAllowed(origin, host),
    addressOf: peerAddress,
    newRequestId,
    elsewhere,
    limits: websocketLimits,
  });

  const port = await http.listen(config.host, config.port);
  onClose(async () => {
    const closed = http.close();
    // Sockets leave one after the other, and come back to whoever serves next in the same way.
    const spreadMs = Math.min(5_000, 5 * (websocket.size + eventStreams.size));
    await Promise.all([websocket.drain(spreadMs), eventStreams.drain(spreadMs)]);
    websocket.close();
    eventStreams.close();
    await closed;
  });
  onClose(
    startUpkeep({
      storage,
      tallies: others?.tallies ?? null,
      clock,
      keptDays: config.changesKeptDays,
      bodiesKeptDays: config.bodiesKeptDays,
      auditKeptDays: config.auditKeptDays,
      deliveriesKeptDays: config.deliveriesKeptDays,
      report: report("old rows could not be removed"),
    }),
  );
  onClose(async () => {
    isStopping = true;
    if (config.drainMs === 0) return;
    http.retire();
    await later(config.drainMs);
  });
  const url = `http://${hostInUrl(config.host)}:${port}`;
  const setupUrl = setupToken && `${url}/setup#token=${setupToken.text}`;
  return { url, setupUrl, storage, inbox, intake, passwords, moved: move.moved };
}

/** Loads what the address needs, and nothing else. @throws DomainError BAD_CONFIGURATION when the broker refuses us. */
async function openDoorbell(address: DoorbellAddress | null, log: Log): Promise<OpenDoorbell> {
  if (address === null) return { ...createLocalDoorbell(), whispers: localWhispers, close: async () => {} };
  if (address.kind === "nats") return (await import("./changes/nats-doorbell.ts")).openNatsDoorbell(address, log);
  return (await import("./changes/postgres-doorbell.ts")).openPostgresDoorbell(address, log);
}

/** @throws DomainError STORAGE_READ_ONLY */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new DomainError("STORAGE_READ_ONLY", `The data folder ${folder} cannot be made: ${reason}.`, { cause });
  }
}

/** Request ids: unique across restarts, cheap, and in order within one run. */
function createRequestIds(): () => string {
  const run = randomBytes(6).toString("hex");
  let count = 0;
  return () => `${run}-${(count += 1).toString(36)}`;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

function hostInUrl(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return isIPv6(host) ? `[${host}]` : host;
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () => (running ??= run());
}

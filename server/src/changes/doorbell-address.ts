/** Where nodes ring each other. The servers are `host:port`. */
export type DoorbellAddress =
  | {
      readonly kind: "nats";
      readonly servers: readonly string[];
      readonly tls: boolean;
      /** How we sign in: a name and a password, a token, or nothing. */
      readonly credentials: { readonly user: string; readonly pass: string } | { readonly token: string } | null;
      /** The first word of the subjects: installations that share a broker do not ring each other. */
      readonly prefix: string;
    }
  | {
      readonly kind: "postgres";
      /** As it was given, secrets included: for the library, never for a log. */
      readonly url: string;
      /** The server and the database, without secrets. */
      readonly shown: string;
    };

/** The address of a PostgreSQL database. */
export type PostgresAddress = Extract<DoorbellAddress, { kind: "postgres" }>;

const wanted = "must be nats://host:4222, tls://host:4222 or postgres://host/database";

/**
 * Reads the address of a doorbell; null for none. Several servers of one NATS cluster stand between commas, and a path names
 * the prefix of the subjects: `nats://user:password@one:4222,two:4222/prefix`. A name without a password is a token.
 * @throws Error with a sentence that says what is acceptable, and never what was given: it may hold a password.
 */
export function parseDoorbellAddress(text: string): DoorbellAddress | null {
  if (text === "") return null;
  const [, scheme = ""] = /^([a-z]+):\/\//.exec(text) ?? [];
  if (scheme === "nats" || scheme === "tls") return natsAddress(text, scheme === "tls");
  return readPostgresAddress(text) ?? refuse(wanted);
}

/** Reads the address of a PostgreSQL database, of one server or several between commas; null when it is none. Never throws. */
export function readPostgresAddress(text: string): PostgresAddress | null {
  const [, authority = "", database = ""] = /^postgres(?:ql)?:\/\/(?:.*@)?([^/?#@]*)\/?([^?#]*)/.exec(text) ?? [];
  const first = authority.split(",")[0] ?? "";
  if (first === "" || database === "" || URL.parse(text.replace(authority, first)) === null) return null;
  return { kind: "postgres", url: text, shown: `${authority}/${database}` };
}

function refuse(sentence: string): never {
  throw new Error(sentence);
}

function natsAddress(text: string, tls: boolean): DoorbellAddress {
  const [, userinfo, authority = "", path = "", rest = ""] =
    /^[a-z]+:\/\/(?:(.*)@)?([^/?#@]*)(?:\/([^?#]*))?(.*)$/.exec(text) ?? [];
  if (rest !== "") throw new Error(`${wanted}; a NATS address has no query`);
  const servers = authority.split(",").map((server) => {
    const url = URL.parse(`nats://${server}`);
    // What the parser changes or takes for something else is not a plain host and port.
    if (url === null || url.hostname === "" || url.username !== "" || !/^[\w.:[\]-]+$/.test(server)) {
      throw new Error(`${wanted}; several NATS servers stand between commas`);
    }
    return `${url.hostname}:${url.port === "" ? 4222 : url.port}`;
  });
  if (!/^[\w-]{0,64}$/.test(path))
    throw new Error("the path (the prefix of the subjects) must be letters, digits, _ or -");
  return { kind: "nats", servers, tls, credentials: credentialsOf(userinfo), prefix: path === "" ? "ringback" : path };
}

function credentialsOf(userinfo: string | undefined) {
  if (userinfo === undefined) return null;
  const [, name = "", secret] = /^([^:]*)(?::(.*))?$/s.exec(userinfo) ?? [];
  if (name === "") throw new Error(`${wanted}; before the @ stands user:password, or a token`);
  return secret === undefined ? { token: decoded(name) } : { user: decoded(name), pass: decoded(secret) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error("a % in the name, password or token must be written as %25");
  }
}

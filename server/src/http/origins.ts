/**
 * Which pages of other sites may use the API from a browser. `allowed` is the setting: origins as browsers send them, and
 * the word `loopback` for any port of this machine over plain http.
 */
export type OriginPolicy = {
  /** Whether a page of this `Origin` may read answers. `null` (a sandboxed page, a file) never may. */
  isListed(origin: string): boolean;
  /** The same, or the page came from this very server, as `Host` says. */
  isAllowed(origin: string, host: string | undefined): boolean;
};

export function createOriginPolicy(allowed: readonly string[]): OriginPolicy {
  const listed = new Set(allowed.map((origin) => origin.toLowerCase().replace(/\/$/, "")));
  const takesLoopback = listed.delete("loopback");
  const isListed = (origin: string) => {
    const plain = origin.toLowerCase();
    return listed.has(plain) || (takesLoopback && /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/.test(plain));
  };
  return { isListed, isAllowed: (origin, host) => isListed(origin) || isSameOrigin(origin, host) };
}

/** Whether a page of this origin was served under this `Host`, by http or, behind a proxy, https. */
export function isSameOrigin(origin: string, host: string | undefined): boolean {
  if (host === undefined) return false;
  const plain = origin.toLowerCase();
  return plain === `http://${host.toLowerCase()}` || plain === `https://${host.toLowerCase()}`;
}

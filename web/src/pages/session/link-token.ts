/**
 * The token of a one-time link. It stands behind the # of the address, which browsers do not send and servers do not log; it is
 * taken out of the address bar at once, and read once for each page load.
 */
export function takeLinkToken(): string {
  taken ??= new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
  if (location.hash !== "") history.replaceState(history.state, "", location.pathname);
  return taken;
}

let taken: string | null = null;

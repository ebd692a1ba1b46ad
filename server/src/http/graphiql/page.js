// The script of GraphiQL's page: signs in, keeps the tokens fresh and in memory alone, and sends them with every operation.

const { React, ReactDOM, GraphiQL, graphqlWs } = globalThis;
const element = (id) => document.getElementById(id);
const defaultTabs = JSON.parse(element("examples").textContent);
const root = ReactDOM.createRoot(element("graphiql"));
const authFields = "{ access_token refresh_token user { username } }";
const renewBeforeMs = 60_000;

let session = null;
let renewal;
let socket = null;

element("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  void signIn(event.currentTarget);
});
element("sign-out").addEventListener("click", () => void signOut());
element("copy-token").addEventListener("click", () => void copyToken());
await start();

async function signIn(form) {
  const input = Object.fromEntries(new FormData(form));
  const query = `mutation ($input: LoginInput!) { login(input: $input) ${authFields} }`;
  const { data, errors } = await post({ query, variables: { input } }, null);
  if (!data?.login) return say(`Could not sign in: ${errors?.[0]?.message ?? "no answer"}`, true);
  form.reset();
  keep(data.login);
  await start();
}

async function signOut() {
  await post({ query: "mutation { logout }" }, session?.access_token);
  await end("Signed out.");
}

async function copyToken() {
  await navigator.clipboard.writeText(session.access_token);
  say("Copied; it works for 10 minutes at most.");
}

/** Shows GraphiQL for whoever is signed in now. A new fetcher makes it read the schema again. */
async function start() {
  await socket?.dispose();
  socket = graphqlWs.createClient({
    url: `${location.origin.replace(/^http/, "ws")}/websocket`,
    connectionParams: () => ({ authorization: session === null ? "" : `Bearer ${session.access_token}` }),
  });
  const fetcher = GraphiQL.createFetcher({ url: location.pathname, wsClient: socket, fetch: authorizedFetch });
  const { data } = await post({ query: "{ __schema { queryType { name } } }" }, session?.access_token);
  const props = {
    fetcher,
    defaultTabs,
    defaultEditorToolsVisibility: "variables",
    storage: sessionStorage,
    showPersistHeadersSettings: false,
  };
  // GraphiQL opens with the query of the first tab but not with its variables.
  if (sessionStorage.getItem("graphiql:tabState") === null) props.variables = defaultTabs[0].variables;
  // Where nobody who is not signed in may read the schema, GraphiQL does without until somebody is.
  if (!data?.__schema) props.schema = null;
  root.render(React.createElement(GraphiQL, props));
}

/** Sends the token that the operation wants, unless the Headers editor has one. */
function authorizedFetch(url, init) {
  const headers = new Headers(init.headers);
  if (session !== null && !headers.has("authorization")) {
    const wantsRefreshToken = /\brefreshTokenV2\b/.test(JSON.parse(init.body).query);
    headers.set("authorization", `Bearer ${wantsRefreshToken ? session.refresh_token : session.access_token}`);
  }
  return fetch(url, { ...init, headers });
}

function keep(next) {
  session = next;
  const { exp } = JSON.parse(atob(next.access_token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")));
  clearTimeout(renewal);
  renewal = setTimeout(() => void renew(), Math.max(1_000, exp * 1_000 - Date.now() - renewBeforeMs));
  show();
  say("Your token goes with every operation.");
}

async function renew() {
  const { data } = await post({ query: `mutation { refreshTokenV2 ${authFields} }` }, session.refresh_token);
  if (data?.refreshTokenV2) keep(data.refreshTokenV2);
  else await end("Your session ended: sign in again.");
}

async function end(message) {
  clearTimeout(renewal);
  session = null;
  show();
  say(message);
  await start();
}

async function post(body, token) {
  const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
  try {
    const response = await fetch(location.pathname, { method: "POST", headers, body: JSON.stringify(body) });
    return await response.json();
  } catch (error) {
    return { errors: [{ message: error.message }] };
  }
}

function show() {
  element("sign-in").hidden = session !== null;
  element("signed-in").hidden = session === null;
  element("who").textContent = session === null ? "" : `Signed in as ${session.user.username}`;
}

function say(message, failed = false) {
  element("status").textContent = message;
  element("status").classList.toggle("failed", failed);
}

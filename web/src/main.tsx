import "./styles/app.css";
import { session } from "./api/session.ts";

/** What is long to run waits so long at most for what is soon there. */
const patienceMs = 150;

// The session and the first list are asked for before the rest of the app runs, which takes longer than the answers do.
const asked = Promise.withResolvers<void>();
const starting = session.start(asked.resolve, async (owner) => {
  const { readKept } = await import("./calls/early-list.ts");
  await readKept(owner);
});
void begin();

async function begin(): Promise<void> {
  await soon(asked.promise);
  const { fetchEarly } = await import("./calls/early-list.ts");
  // Before the rest is named: what is here already would run in one go with this, and the list be asked for after it.
  await soon(starting.then(() => fetchEarly(location)));
  const { drawApp } = await import("./pages/app.tsx");
  drawApp(document.querySelector("#root"));
}

function soon(promise: Promise<void>): Promise<unknown> {
  return Promise.race([promise, new Promise((resolve) => void setTimeout(resolve, patienceMs))]);
}

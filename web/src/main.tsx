import "./styles/app.css";
import { session } from "./api/session.ts";

// The session and the first list are asked for while the rest of the app is still on its way.
const starting = session.start();
void draw();
void fetchList();

async function draw(): Promise<void> {
  const { drawApp } = await import("./pages/app.tsx");
  drawApp(document.querySelector("#root"));
}

async function fetchList(): Promise<void> {
  const { fetchEarly } = await import("./calls/early-list.ts");
  await starting;
  fetchEarly(location);
}

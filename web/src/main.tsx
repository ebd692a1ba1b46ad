import "./styles/app.css";
import { createRoot } from "react-dom/client";
import { session } from "./api/session.ts";
import { App } from "./pages/app.tsx";

void session.start();
const root = document.querySelector("#root");
if (root !== null) createRoot(root).render(<App />);

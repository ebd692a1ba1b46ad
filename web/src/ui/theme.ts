import { createStoredText } from "../lib/stored.ts";

export type Theme = "system" | "light" | "dark";

/** The theme that was chosen. `index.html` applies it before anything is painted, by the same name. */
export const theme = createStoredText("ringback-theme", "system");

/** Chooses a theme, at once and for later. */
export function setTheme(next: Theme): void {
  theme.set(next);
  if (next === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = next;
}

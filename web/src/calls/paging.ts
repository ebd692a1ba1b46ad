import { createStoredText } from "../lib/stored.ts";

/** Whether the list goes on and on (`endless`), or comes in `pages`; this browser remembers. */
export const paging = createStoredText("ringback-paging", "endless");

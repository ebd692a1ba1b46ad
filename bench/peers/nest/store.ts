import { settings } from "../shared/settings.ts";
import { openStore } from "../shared/store.ts";

export const store = openStore(settings.database, settings);

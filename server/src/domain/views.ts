import type { Deed } from "./audit.ts";
import { authorised } from "./authorisation.ts";
import { DomainError } from "./errors.ts";
import { createOnce } from "./kept-answers.ts";
import { countryDeed } from "./number-store.ts";
import type { Clock } from "./ports.ts";
import {
  checkCallsKeptDays,
  checkCountry,
  checkKeysOff,
  checkPageSize,
  checkTimeZone,
  type Preferences,
  type Theme,
  workspaceNameLengthMax,
  type WorkspaceSettings,
} from "./settings.ts";
import type { IdempotencyKey, Storage } from "./storage.ts";
import { checkLabel, checkView, type SavedView } from "./view.ts";
import type { Principal } from "./workspace.ts";

/** How people like their lists and their app. Readers have views and preferences of their own too. */
export type Views = ReturnType<typeof createViews>;

export type ViewsDeps = {
  readonly storage: Pick<Storage, "views" | "settings" | "numbers" | "keptAnswers">;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Told after the workspace has another country: numbers are read anew. */
  readonly countryChanged?: (workspaceId: number) => void;
};

/** What is to be other than it is; what is left out stays, null takes the choice back. */
export type PreferenceWishes = {
  readonly timeZone?: string | null | undefined;
  readonly defaultCountry?: string | null | undefined;
  readonly pageSize?: number | null | undefined;
  readonly theme?: Theme | null | undefined;
  readonly keysOff?: readonly string[] | null | undefined;
};

export type WorkspaceWishes = {
  readonly name?: string | null | undefined;
  readonly timeZone?: string | null | undefined;
  readonly defaultCountry?: string | null | undefined;
  readonly callsKeptDays?: number | null | undefined;
};

export function createViews(deps: ViewsDeps) {
  return authorised(useCases(deps), {
    views: "read",
    saveView: "read",
    shareView: "write",
    deleteView: "read",
    preferences: "read",
    setPreferences: "read",
    workspace: "read",
    setWorkspace: "admin",
  });
}

function useCases({ storage, clock, newId, countryChanged = () => {} }: ViewsDeps) {
  const once = createOnce(storage.keptAnswers, clock);

  return {
    /** The person's own and those that others share, by name. */
    async views({ workspaceId, userId }: Principal): Promise<readonly SavedView[]> {
      return storage.views.list(workspaceId, userId);
    },

    /** Saves a view for oneself; one's own of this name is replaced. @throws DomainError BAD_USER_INPUT, CONFLICT */
    async saveView(
      principal: Principal,
      name: string,
      query: string,
      idempotency?: IdempotencyKey,
    ): Promise<SavedView> {
      return save(principal, name, query, false, idempotency);
    },

    /** Saves a view for everybody in the workspace, likewise. @throws DomainError BAD_USER_INPUT, CONFLICT */
    async shareView(
      principal: Principal,
      name: string,
      query: string,
      idempotency?: IdempotencyKey,
    ): Promise<SavedView> {
      return save(principal, name, query, true, idempotency);
    },

    /** Removes one of one's own. @throws DomainError NOT_FOUND */
    async deleteView(principal: Principal, viewId: string, idempotency?: IdempotencyKey): Promise<void> {
      const { workspaceId, userId } = principal;
      await once(principal, idempotency, async (keep) => {
        if (await storage.views.remove(workspaceId, userId, viewId, keep(true))) return true;
        throw new DomainError("NOT_FOUND", "You have no such view.");
      });
    },

    async preferences({ workspaceId, userId }: Principal): Promise<Preferences> {
      return storage.settings.preferences(workspaceId, userId);
    },

    /** The preferences after it. @throws DomainError BAD_USER_INPUT */
    async setPreferences(
      principal: Principal,
      wishes: PreferenceWishes,
      idempotency?: IdempotencyKey,
    ): Promise<Preferences> {
      const { workspaceId, userId } = principal;
      return once(principal, idempotency, async (keep) => {
        const before = await storage.settings.preferences(workspaceId, userId);
        const after: Preferences = {
          timeZone: chosen(wishes.timeZone, before.timeZone, checkTimeZone),
          defaultCountry: chosen(wishes.defaultCountry, before.defaultCountry, checkCountry),
          pageSize: chosen(wishes.pageSize, before.pageSize, checkPageSize),
          theme: chosen(wishes.theme, before.theme, (theme) => theme),
          keysOff: chosen(wishes.keysOff, before.keysOff, checkKeysOff) ?? [],
        };
        await storage.settings.setPreferences(workspaceId, userId, after, keep(after));
        return after;
      });
    },

    async workspace({ workspaceId }: Principal): Promise<WorkspaceSettings> {
      return knownWorkspace(workspaceId);
    },

    /** The settings after it. @throws DomainError BAD_USER_INPUT */
    async setWorkspace(
      principal: Principal,
      wishes: WorkspaceWishes,
      idempotency?: IdempotencyKey,
    ): Promise<WorkspaceSettings> {
      const { workspaceId } = principal;
      return once(principal, idempotency, async (keep) => {
        const before = await knownWorkspace(workspaceId);
        const after: WorkspaceSettings = {
          name: wishes.name == null ? before.name : checkLabel("name", wishes.name, workspaceNameLengthMax),
          timeZone: wishes.timeZone == null ? before.timeZone : checkTimeZone(wishes.timeZone),
          defaultCountry: chosen(wishes.defaultCountry, before.defaultCountry, checkCountry),
          callsKeptDays: chosen(wishes.callsKeptDays, before.callsKeptDays, checkCallsKeptDays),
        };
        const { defaultCountry, ...kept } = after;
        const isMoved = defaultCountry !== before.defaultCountry;
        const left = keep(after, settingsDeed(before, after));
        // The answer is left by the last write: a retry after a crash in between does both.
        await storage.settings.setWorkspace(workspaceId, kept, isMoved && left ? { ...left, writing: null } : left);
        if (isMoved) {
          const moved = keep(after, countryDeed(defaultCountry));
          await storage.numbers.setCountry(workspaceId, null, defaultCountry, clock.now(), moved);
          countryChanged(workspaceId);
        }
        return after;
      });
    },
  };

  async function save(
    principal: Principal,
    name: string,
    query: string,
    isShared: boolean,
    idempotency: IdempotencyKey | undefined,
  ): Promise<SavedView> {
    const { workspaceId, userId } = principal;
    const checked = checkView(name, query);
    return once(principal, idempotency, async (keep) => {
      const view = { id: newId(), workspaceId, ownerId: userId, isShared, savedAtMs: clock.now() };
      return storage.views.save({ ...view, ...checked }, keep());
    });
  }

  async function knownWorkspace(workspaceId: number): Promise<WorkspaceSettings> {
    const settings = await storage.settings.workspace(workspaceId);
    if (settings === null) throw new DomainError("NOT_FOUND", "There is no such workspace.");
    const countries = await storage.numbers.countries(workspaceId);
    return { ...settings, defaultCountry: countries.find(({ sourceId }) => sourceId === null)?.country ?? null };
  }
}

/** What is other now, for the audit log. */
function settingsDeed(before: WorkspaceSettings, after: WorkspaceSettings): Deed | undefined {
  const { name, timeZone, callsKeptDays } = after;
  const details = {
    ...(name !== before.name && { name }),
    ...(timeZone !== before.timeZone && { timeZone }),
    ...(callsKeptDays !== before.callsKeptDays && { callsKeptDays: String(callsKeptDays ?? "all") }),
  };
  return Object.keys(details).length === 0 ? undefined : { kind: "settings-changed", details };
}

function chosen<T>(wish: T | null | undefined, before: T | null, check: (wish: T) => T): T | null {
  if (wish === undefined) return before;
  return wish === null ? null : check(wish);
}

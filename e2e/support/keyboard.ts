import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import type { Locator, Page } from "playwright-core";

/** What moves a pointer, sets a value or the focus from outside: nothing that a person has who only has a keyboard. */
const beyondKeyboard: ReadonlySet<string | symbol> = new Set(
  [
    "mouse touchscreen click dblclick tap hover dragTo dragAndDrop dispatchEvent fill clear check uncheck setChecked",
    "selectOption selectText setInputFiles press pressSequentially type focus blur scrollIntoViewIfNeeded evaluate",
  ].flatMap((names) => names.split(" ")),
);

/** Stops of Tab that a screen of the app has at most. */
const stopsMax = 150;

/** Somebody who works with the keyboard alone. */
export type KeyboardUser = {
  /** To look at: whatever else would act on it throws. */
  readonly page: Page;
  /** Goes to an address, as by the browser's own field for it. */
  goTo(path: string): Promise<void>;
  /** Presses keys, one after the other. @throws AssertionError when the focus gets lost by one */
  press(...keys: readonly string[]): Promise<void>;
  /** Types a text into what has the focus. */
  write(text: string): Promise<void>;
  /** The same in place of what stands there. */
  rewrite(text: string): Promise<void>;
  /** Goes on by Tab, or back by Shift+Tab, until an element has the focus, and is seen to have it. */
  tabTo(target: Locator, key?: "Tab" | "Shift+Tab"): Promise<void>;
  /** Comes to a button, link or box by Tab, and presses it. */
  use(target: Locator, key?: "Enter" | "Space"): Promise<void>;
  /** Comes to a list of choices by Tab and chooses one by typing how it begins. */
  choose(target: Locator, option: string): Promise<void>;
  /** Resolves once an element has the focus, and is seen to have it. */
  isAt(target: Locator): Promise<void>;
};

export function keyboardUser(page: Page): KeyboardUser {
  let hadFocus = false;
  // A new document has none.
  page.on("domcontentloaded", () => (hadFocus = false));

  const user: KeyboardUser = {
    page: onlySeen(page),
    async goTo(path) {
      await page.goto(path);
    },
    async press(...keys) {
      for (const key of keys) {
        await page.keyboard.press(key);
        await keepsFocus(key);
      }
    },
    async write(text) {
      await page.keyboard.type(text);
      await keepsFocus(text);
    },
    async rewrite(text) {
      await user.press("Control+a");
      await user.write(text);
    },
    async tabTo(target, key = "Tab") {
      await target.waitFor();
      for (let stop = 0; stop < stopsMax && !(await hasFocus(target)); stop += 1) await page.keyboard.press(key);
      hadFocus = true;
      await user.isAt(target);
    },
    async use(target, key = "Enter") {
      await user.tabTo(target);
      await user.press(key);
    },
    async choose(target, option) {
      await user.tabTo(target);
      await user.write(option);
      await target.locator("option:checked", { hasText: option }).waitFor({ state: "attached" });
    },
    async isAt(target) {
      await target
        .and(page.locator(":focus"))
        .waitFor()
        .catch(async (error: unknown) => {
          const focused = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 300));
          throw new Error(`${String(target)} has not got the focus, but ${focused}`, { cause: error });
        });
      // Where one list takes the place of another, nothing has the focus for the moment between them.
      let unseen = await page.evaluate(unseenFocus);
      for (let left = 20; unseen !== null && left > 0; left -= 1) {
        await wait(50);
        await target.and(page.locator(":focus")).waitFor();
        unseen = await page.evaluate(unseenFocus);
      }
      assert.equal(unseen, null, "the focus is seen");
    },
  };
  return user;

  async function hasFocus(target: Locator): Promise<boolean> {
    return (await target.and(page.locator(":focus")).count()) > 0;
  }

  /** The app may take a moment for it, where what had the focus goes. */
  async function keepsFocus(key: string): Promise<void> {
    const isSomewhere = await page
      .waitForFunction((isNew: boolean) => isNew || document.activeElement !== document.body, !hadFocus, {
        timeout: 5_000,
      })
      .catch(() => null);
    assert.ok(isSomewhere !== null, `the focus is somewhere after ${key}`);
    hadFocus ||= await page.evaluate(() => document.activeElement !== document.body);
  }
}

/** The same with nothing that acts: whoever calls it meets an error. */
function onlySeen<T extends object>(of: T): T {
  return new Proxy(of, {
    get(target, name) {
      assert.ok(!beyondKeyboard.has(name), `no keyboard does ${String(name)}`);
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        const result: unknown = Reflect.apply(value, target, args);
        return isLocator(result) ? onlySeen(result) : result;
      };
    },
  });
}

function isLocator(value: unknown): value is Locator {
  return typeof value === "object" && value !== null && "and" in value && "getByRole" in value;
}

/** The element with the focus, as HTML, where nothing shows that it has it, or it lies under something else; null where it is seen. */
function unseenFocus(): string | null {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return "nothing has the focus";
  const { outlineStyle, outlineWidth } = getComputedStyle(focused);
  const { left, right, top, bottom } = focused.getBoundingClientRect();
  const parts = [0.1, 0.5, 0.9];
  const isUncovered = parts.some((across) =>
    parts.some((down) => {
      const at = document.elementFromPoint(left + (right - left) * across, top + (bottom - top) * down);
      return at !== null && (focused.contains(at) || at.contains(focused));
    }),
  );
  const isRinged = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1;
  return isRinged && isUncovered ? null : focused.outerHTML.slice(0, 300);
}

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import { troubleWith } from "./support/answers.ts";
import { assertAccessible, useApp } from "./support/app.ts";
import { panelOf, rowsOf } from "./support/inbox.ts";

/** Screens and their states: where they are, and what is done there first. A new screen adds a row. */
const states: readonly { name: string; path: string; prepare: (page: Page) => Promise<unknown> }[] = [
  { name: "a list", path: "/inbox", prepare: (page) => rowsOf(page).first().waitFor() },
  {
    name: "an empty list",
    path: "/mine",
    prepare: (page) => page.getByRole("heading", { name: "No call is yours to take care of" }).waitFor(),
  },
  {
    name: "a list without a match",
    path: "/inbox?q=99999999",
    prepare: (page) => page.getByRole("heading", { name: "No call matches" }).waitFor(),
  },
  {
    name: "selected calls",
    path: "/all",
    async prepare(page) {
      await rowsOf(page).first().waitFor();
      await page.keyboard.press("j");
      await page.keyboard.press("x");
      await page.getByText("1 selected").waitFor();
    },
  },
  {
    name: "an open call",
    path: "/inbox?call=3",
    prepare: (page) => panelOf(page).getByLabel("New note").waitFor(),
  },
  {
    name: "a call that there is none of",
    path: "/inbox?call=999999",
    prepare: (page) => page.getByRole("heading", { name: "No such call" }).waitFor(),
  },
  {
    name: "the filters",
    path: "/inbox",
    async prepare(page) {
      await rowsOf(page).first().waitFor();
      await page.keyboard.press("f");
      await page.getByRole("dialog", { name: "Filters" }).waitFor();
    },
  },
  {
    name: "the palette",
    path: "/inbox",
    async prepare(page) {
      await rowsOf(page).first().waitFor();
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: "Action" }).waitFor();
    },
  },
  {
    name: "a menu",
    path: "/inbox",
    async prepare(page) {
      await page.getByRole("button", { name: "How the list is shown" }).press("Enter");
      await page.getByRole("menuitemradio").first().waitFor();
    },
  },
  { name: "insights", path: "/insights", prepare: (page) => page.getByRole("list", { name: "Figures" }).waitFor() },
  { name: "sources", path: "/sources", prepare: (page) => page.getByRole("article").first().waitFor() },
  {
    name: "a source",
    path: "/sources",
    async prepare(page) {
      await page.getByRole("link", { name: "Deliveries of test" }).press("Enter");
      await page.getByRole("list", { name: "Deliveries" }).waitFor();
    },
  },
  {
    name: "a question",
    path: "/sources?add=yes",
    prepare: (page) => page.getByRole("dialog", { name: "Add a source" }).getByLabel("Name").waitFor(),
  },
  {
    name: "the keys",
    path: "/inbox",
    async prepare(page) {
      await rowsOf(page).first().waitFor();
      await page.keyboard.press("?");
      await page.getByRole("dialog", { name: "Keys" }).waitFor();
    },
  },
  ...["you", "workspace", "people", "keys", "webhooks", "export", "audit", "shortcuts"].map((section) => ({
    name: `settings, ${section}`,
    path: `/settings?section=${section}`,
    prepare: (page: Page) => page.getByRole("heading", { level: 2 }).first().waitFor(),
  })),
  {
    name: "no such page",
    path: "/inbox/nothing",
    prepare: (page) => page.getByRole("heading", { level: 1 }).first().waitFor(),
  },
];

describe("each screen and state", () => {
  const app = useApp({ calls: 12, isFolding: false });
  let page: Page | undefined;
  const shown = async ({ path, prepare }: (typeof states)[number]) => {
    page ??= await app.open("/inbox");
    await page.goto(path);
    await prepare(page);
    return page;
  };

  for (const state of states) {
    it(`${state.name}: axe finds nothing, in light and in dark`, async () => {
      await assertAccessible(await shown(state));
    });
  }

  it("fits a screen of 1,280 by 1,024 at 400 %: nothing to scroll sideways, and what has the focus is in sight", async () => {
    const zoomed = await app.open("/inbox", { viewport: { width: 320, height: 256 } });
    for (const { name, path, prepare } of states) {
      await zoomed.goto(path);
      await prepare(zoomed);
      const width = await zoomed.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 320, `${name} is ${width} px wide`);
      for (let step = 0; step < 8; step += 1) {
        await zoomed.keyboard.press("Tab");
        assert.equal(await zoomed.evaluate(coveredFocus), null, `${name}, after Tab ${step + 1}`);
      }
    }
  });

  it("keeps what has the focus in sight at 400 % while an open call is still arriving", async () => {
    const zoomed = await app.open("/inbox", { viewport: { width: 320, height: 256 } });
    const arrive = await troubleWith(zoomed, /CallDetails|Team|Colleagues|CallsOfNumber|CallHistory/, "held");
    await zoomed.goto("/inbox?call=3");
    await panelOf(zoomed).getByRole("button", { name: "Copy the number" }).waitFor();
    const stops: string[] = [];
    for (let stop = 0; stop < 6; stop += 1) {
      await zoomed.keyboard.press("Tab");
      stops.push(await zoomed.evaluate(() => document.activeElement?.outerHTML.slice(0, 60) ?? ""));
      assert.equal(await zoomed.evaluate(coveredFocus), null, `after Tab ${stop + 1}`);
    }
    await arrive();
    await panelOf(zoomed).getByRole("list", { name: "Activity, newest first" }).waitFor();
    assert.equal(await zoomed.evaluate(coveredFocus), null, stops.join(" "));
  });

  it("moves nothing for who wants less motion", async () => {
    const still = await app.open("/inbox", { reducedMotion: "reduce" });
    await still.addInitScript(noteMotion);
    for (const { name, path, prepare } of states) {
      await still.goto(path);
      await prepare(still);
      assert.deepEqual(await still.evaluate(motionSeen), [], name);
    }
    // It would be seen.
    await still.emulateMedia({ reducedMotion: "no-preference" });
    await still.goto("/inbox");
    await still.getByRole("button", { name: "Filter", exact: true }).press("Enter");
    await still.waitForFunction(() => (window as unknown as MotionWindow).motion.includes("appear"));
  });

  it("shows every text where colours are forced", async () => {
    const forced = await app.open("/inbox", { forcedColors: "active" });
    for (const { name, path, prepare } of states) {
      await forced.goto(path);
      await prepare(forced);
      assert.deepEqual(await forced.evaluate(textsOfTheGround), [], name);
    }
  });

  it("shows what stands on the accent where colours are forced", async () => {
    const forced = await app.open("/sources", { forcedColors: "active" });
    const button = forced.getByRole("button", { name: "Add a source" });
    await button.waitFor();
    const { text, ground, adjust } = await button.evaluate((element) => {
      const { color, backgroundColor, forcedColorAdjust } = getComputedStyle(element);
      return { text: color, ground: backgroundColor, adjust: forcedColorAdjust };
    });
    assert.notEqual(text, ground);
    assert.equal(adjust, "none", "no ground of the browser's under the text");
  });
});

/** The element with the focus, as HTML, when nothing of it is to be seen; null when something is. What is hidden loses it at the next frame. */
async function coveredFocus(): Promise<string | null> {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return null;
  const { left, right, top, bottom } = focused.getBoundingClientRect();
  const parts = [0.1, 0.5, 0.9];
  const seen = parts.some((across) =>
    parts.some((down) => {
      const at = document.elementFromPoint(left + (right - left) * across, top + (bottom - top) * down);
      return at !== null && (focused.contains(at) || at.contains(focused));
    }),
  );
  return seen ? null : focused.outerHTML.slice(0, 200);
}

type MotionWindow = { readonly motion: readonly string[] };

/** Runs before the page: writes down what begins to move. */
function noteMotion(): void {
  const motion: string[] = [];
  Object.assign(window, { motion });
  document.addEventListener("animationstart", ({ animationName }) => {
    // It moves nothing: skeletons stay out of sight at first.
    if (animationName !== "wait") motion.push(animationName);
  });
  document.addEventListener("transitionrun", ({ propertyName }) => motion.push(propertyName));
}

/** What began to move, and what would glide where it is scrolled. */
function motionSeen(): readonly string[] {
  const gliding = [...document.querySelectorAll("*")].filter(
    (one) => getComputedStyle(one).scrollBehavior === "smooth",
  );
  return [...(window as unknown as MotionWindow).motion, ...gliding.map((one) => one.outerHTML.slice(0, 100))];
}

/** Elements whose text has the very colour of the ground that they paint under it. */
function textsOfTheGround(): readonly string[] {
  return [...document.querySelectorAll<HTMLElement>("body *:not(svg, svg *)")]
    .filter((one) => {
      const { color, backgroundColor } = getComputedStyle(one);
      return one.checkVisibility() && one.innerText.trim() !== "" && color === backgroundColor;
    })
    .map((one) => one.outerHTML.slice(0, 100));
}

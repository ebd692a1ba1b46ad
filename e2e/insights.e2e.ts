import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assertAccessible, useApp } from "./support/app.ts";
import { stateOf } from "./support/inbox.ts";

// The calls of the test server are missed ones of 4 July 2021, a minute apart from 00:01 UTC on: 02:01 in Berlin, a Sunday.
const days = "from=2021-06-28&to=2021-07-11";

describe("insights", () => {
  const app = useApp({ calls: 90 });

  it("counts calls, tells the missed ones, and has nothing that axe complains about", async () => {
    const page = await app.open(`/insights?${days}`);
    const figures = page.getByRole("list", { name: "Figures" });
    await figures.getByRole("link", { name: /^Calls 90/ }).waitFor();
    await figures.getByRole("link", { name: /^Missed 100% 90 of 90 inbound/ }).waitFor();
    await figures.getByRole("link", { name: /^Missed, not archived 90/ }).waitFor();
    await page.getByText("6.4 a day on average, most on Sunday 4 July (90).").waitFor();
    await page.getByText("Most on Sundays (90); the fullest hour is Sunday 02:00–03:00 (59).").waitFor();
    await page.getByText("1 line; +44 20 7946 0123 has 100% of the calls.").waitFor();
    await assertAccessible(page);
    await page.getByRole("button", { name: "Show tables" }).click();
    await page.getByRole("table", { name: "Calls by day" }).waitFor();
    await assertAccessible(page);
  });

  it("opens from a mark, by keyboard alone, the list of the calls that it counts", async () => {
    const page = await app.open(`/insights?${days}`);
    const bars = page.getByRole("list", { name: "Calls by day, one bar each" });
    await bars.getByRole("link").first().focus();
    for (let day = 28; day < 34; day += 1) await page.keyboard.press("ArrowRight");
    await bars.getByRole("link", { name: "Sunday 4 July: 90 calls, 90 missed" }).and(page.locator(":focus")).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "All calls" }).waitFor();
    assert.equal(new URL(page.url()).pathname, "/all");
    await page.goBack();
    await bars.waitFor();
    assert.equal(new URL(page.url()).search, `?${days}`);
  });

  it("moves over the hours of the week with the arrows, one stop of Tab for all of them", async () => {
    const page = await app.open(`/insights?${days}`);
    const hours = page.getByRole("group", { name: "When calls come, one field for each hour" });
    await hours.getByRole("link", { name: /^Monday 02:00–03:00: 0 calls/ }).focus();
    for (let day = 1; day < 7; day += 1) await page.keyboard.press("ArrowDown");
    const sunday = hours.getByRole("link", { name: "Sunday 02:00–03:00: 59 calls, 59 missed" });
    await sunday.and(page.locator(":focus")).waitFor();
    assert.equal(await hours.locator("[tabindex='0']").count(), 1);
    await page.keyboard.press("Shift+Tab");
    await page.getByRole("button", { name: "Show missed calls" }).and(page.locator(":focus")).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "When calls are missed" }).waitFor();
    assert.match(page.url(), /heat=missed/);
  });

  it("opens from a field the list of that hour alone", async () => {
    const page = await app.open(`/insights?${days}`);
    await page.getByRole("link", { name: "Sunday 03:00–04:00: 31 calls, 31 missed" }).click();
    await page.getByRole("heading", { name: "All calls" }).waitFor();
    await page.getByText("Sundays from 3 to 4").waitFor();
    const grid = page.getByRole("grid", { name: "All calls" });
    await grid.getByText("03:30").first().waitFor();
    assert.equal(await grid.getByText("02:59").count(), 0);
  });

  it("keeps days, line and tables in the URL; keys go to other days", async () => {
    const page = await app.open("/insights");
    await page.getByRole("heading", { name: "No calls on these days" }).waitFor();
    await assertAccessible(page);
    await page.getByLabel("Days", { exact: true }).selectOption("Last 7 days");
    await page.waitForURL(/range=7d/);
    await page.getByLabel("Line", { exact: true }).selectOption("+44 20 7946 0123");
    await page.waitForURL(/line=/);
    await page.getByRole("heading", { name: "Insights" }).click();
    await page.keyboard.press("[");
    await page.waitForURL(/from=/);
    await page.getByLabel("From", { exact: true }).fill("2021-07-01");
    await page.getByLabel("To", { exact: true }).fill("2021-07-04");
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { name: "Insights" }).click();
    await page.keyboard.press("t");
    const row = page.getByRole("table", { name: "Calls by day" }).getByRole("row", { name: /Sunday 4 July/ });
    await row.waitFor();
    await page.reload();
    await row.getByRole("link", { name: "Sunday 4 July: 90 calls" }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).getByText("Tables or charts").waitFor();
  });

  it("says what went wrong, and counts at another try", async () => {
    const page = await app.open("/inbox");
    await stateOf(page, "Live").waitFor();
    const extensions = { code: "INTERNAL_SERVER_ERROR", requestId: "request-1" };
    await page.route("**/graphql", (route) =>
      route.fulfill({ json: { data: null, errors: [{ message: "Internal server error", extensions }] } }),
    );
    await page.getByRole("link", { name: "Insights" }).click();
    await page.getByRole("alert").getByText("The calls could not be counted").waitFor();
    await assertAccessible(page);
    await page.unroute("**/graphql");
    await page.getByRole("button", { name: "Retry" }).click();
    await page.getByRole("list", { name: "Figures" }).waitFor();
  });

  it("fits a screen of 320 pixels without sideways scroll", async () => {
    const page = await app.open(`/insights?${days}`, { viewport: { width: 320, height: 640 } });
    await page.getByRole("group", { name: "When calls come, one field for each hour" }).waitFor();
    const [scrolled, shown] = await page.evaluate(() => {
      const wide = Math.max(...[...document.querySelectorAll("*")].map(({ scrollWidth }) => scrollWidth));
      return [wide, innerWidth];
    });
    assert.ok(scrolled <= shown, `${scrolled} of ${shown}`);
    await assertAccessible(page);
  });
});

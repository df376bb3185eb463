import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { report } from "../src/commands/report.ts"
import { csvText } from "../src/text/csv.ts"
import { monthOf, parseMoment, timeZone } from "../src/input/TimeZone.ts"
import { openOrdersShop, type OrdersShop } from "./support/ordersShop.ts"

let shop: OrdersShop

const at = (text: string): number => Date.parse(text)

beforeAll(async () => {
  shop = await openOrdersShop()
  await shop.store([
    {
      shopReference: "jan-1",
      createdAtMs: at("2026-01-01T00:00:00Z"),
      status: "paid",
      totals: { registered: 4_990, captured: 4_990 }
    },
    {
      shopReference: "jan-2",
      createdAtMs: at("2026-01-15T12:00:00Z"),
      status: "pending",
      totals: { registered: 10_000 }
    },
    {
      shopReference: "jan-3",
      createdAtMs: at("2026-01-31T23:59:59.999Z"),
      status: "paid_refunded",
      totals: { registered: 5_000, captured: 5_000, refunded: 1_250, chargedBack: 333 }
    },
    {
      shopReference: "feb-1",
      createdAtMs: at("2026-02-01T00:00:00Z"),
      status: "paid",
      totals: { registered: 200, captured: 150 }
    },
    {
      shopReference: "feb-2",
      createdAtMs: at("2026-02-02T00:00:00Z"),
      currency: "JPY",
      grossMinor: 3_310,
      merchant: "outlet"
    },
    { shopReference: "feb-3", createdAtMs: at("2026-02-03T00:00:00Z"), isConfirmed: false }
  ])
})
afterAll(() => shop.close())

interface Money {
  readonly minor: number
  readonly currency: string
}

interface Line {
  readonly month: string
  readonly orders: number
  readonly registered: Money
  readonly captured: Money
}

const lines = (...flags: ReadonlyArray<string>) => shop.json<Line>("report", ["report", ...flags])

const brief = (all: ReadonlyArray<Line>): ReadonlyArray<string> =>
  all.map(({ captured, month, orders, registered }) =>
    [month, registered.currency, orders, registered.minor, captured.minor].join(" ")
  )

describe("docdata report", () => {
  it("sums up by month and currency, over all accounts, and takes each figure for what it is", async () => {
    expect(await lines()).toEqual([
      {
        month: "2026-01",
        orders: 3,
        registered: { minor: 19_990, currency: "EUR" },
        captured: { minor: 9_990, currency: "EUR" },
        difference: { minor: 10_000, currency: "EUR" },
        refunded: { minor: 1_250, currency: "EUR" },
        chargedBack: { minor: 333, currency: "EUR" }
      },
      {
        month: "2026-02",
        orders: 1,
        registered: { minor: 200, currency: "EUR" },
        captured: { minor: 150, currency: "EUR" },
        difference: { minor: 50, currency: "EUR" },
        refunded: { minor: 0, currency: "EUR" },
        chargedBack: { minor: 0, currency: "EUR" }
      },
      {
        month: "2026-02",
        orders: 1,
        registered: { minor: 3_310, currency: "JPY" },
        captured: { minor: 0, currency: "JPY" },
        difference: { minor: 3_310, currency: "JPY" },
        refunded: { minor: 0, currency: "JPY" },
        chargedBack: { minor: 0, currency: "JPY" }
      }
    ])
  })

  it("without --status all statuses count, and the help says so", async () => {
    expect(brief(await lines("--status", "paid"))).toEqual(["2026-01 EUR 1 4990 4990", "2026-02 EUR 1 200 150"])
    expect(report.flags.find(({ name }) => name === "status")?.words).toMatch(/all if absent/)
  })

  it("an order at the end of a month counts once: the end is excluded", async () => {
    const january = await lines("--from", "2026-01", "--to", "2026-02")
    const february = await lines("--from", "2026-02", "--to", "2026-03")
    expect([january, february].map((month) => month.reduce((sum, { orders }) => sum + orders, 0))).toEqual([3, 2])
    expect(brief([...january, ...february])).toEqual(brief(await lines()))
  })

  it.each<readonly [flags: ReadonlyArray<string>, rows: ReadonlyArray<string>]>([
    [["--merchant", "outlet"], ["2026-02 JPY 1 3310 0"]],
    [["--from", "2026-02-02"], ["2026-02 JPY 1 3310 0"]],
    [["--to", "2026-01-15T12:00:00Z"], ["2026-01 EUR 1 4990 4990"]],
    [["--zone", "America/New_York"], ["2025-12 EUR 1 4990 4990", "2026-01 EUR 3 15200 5150", "2026-02 JPY 1 3310 0"]],
    [["--zone", "Europe/Amsterdam", "--from", "2026-02"], ["2026-02 EUR 2 5200 5150", "2026-02 JPY 1 3310 0"]],
    [["--status", "expired"], []]
  ])("%j", async (flags, rows) => {
    expect(brief(await lines(...flags))).toEqual(rows)
  })

  it("is an aligned table that names its zone, and CSV with whole amounts", async () => {
    const { stdout } = await shop.run(["report"])
    expect(stdout).toBe([
      "Orders by the month of their creation, UTC",
      "month    currency  orders  registered  captured  difference  refunded  charged back",
      "2026-01  EUR            3      199.90     99.90      100.00     12.50          3.33",
      "2026-02  EUR            1        2.00      1.50        0.50      0.00          0.00",
      "2026-02  JPY            1        3310         0        3310         0             0",
      ""
    ].join("\n"))
    const csv = await shop.run(["report", "--csv", "--merchant", "outlet"])
    expect(csv.stdout).toBe(
      "month,currency,orders,registered,captured,difference,refunded,charged_back\r\n" +
        "2026-02,JPY,1,3310,0,3310,0,0\r\n"
    )
  })

  it.each<readonly [flags: ReadonlyArray<string>, stderr: RegExp]>([
    [["--csv", "--json"], /--csv and --json exclude each other/],
    [["--zone", "Mars/Olympus"], /--zone is a name such as Europe\/Amsterdam; not Mars\/Olympus/],
    [["--from", "2026-13"], /--from is a month such as 2026-01/],
    [["--from", "2026-03", "--to", "2026-02"], /no moment is from 2026-03-01\S+ on and before 2026-02-01/],
    [["--to", "soon"], /--to is a month such as/],
    [["--status", "payed"], /--status is new/]
  ])("%j is refused", async (flags, stderr) => {
    const ended = await shop.run(["report", ...flags])
    expect(ended.stderr).toMatch(stderr)
    expect(ended.exit).toBe(2)
  })
})

describe("months and days of a zone", () => {
  it.each([
    ["2026-03-29", "Europe/Amsterdam", "2026-03-28T23:00:00Z"],
    ["2026-03-30", "Europe/Amsterdam", "2026-03-29T22:00:00Z"],
    ["2026-11", "America/New_York", "2026-11-01T04:00:00Z"],
    ["2026-11-02", "America/New_York", "2026-11-02T05:00:00Z"],
    ["2026-07", "Asia/Kolkata", "2026-06-30T18:30:00Z"],
    ["2026-01", "UTC", "2026-01-01T00:00:00Z"],
    ["2026-01-01T00:00:00+05:30", "UTC", "2025-12-31T18:30:00Z"]
  ])("%s in %s begins at %s", (text, name, instant) => {
    const zone = timeZone(name)!
    const ms = parseMoment(text, zone)!
    expect(new Date(ms).toISOString()).toBe(instant.replace("Z", ".000Z"))
    if (text.length === 7) {
      expect([monthOf(ms, zone), monthOf(ms - 1, zone) === text]).toEqual([text, false])
    }
  })
})

describe("CSV", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["+31", "'+31"],
    ["@sum", "'@sum"],
    ["-2+3", "'-2+3"],
    ["-5.00", "-5.00"],
    ["\tx", "'\tx"],
    ["\rx", "\"'\rx\""],
    ["a,b", "\"a,b\""],
    ["a\"b", "\"a\"\"b\""],
    ["=\"x\"", "\"'=\"\"x\"\"\""],
    ["plain", "plain"]
  ])("%j becomes %j", (cell, text) => {
    expect(csvText([[cell]])).toBe(`${text}\r\n`)
  })
})

/**
 * The checked entry: answers like `reconcile` for sound input, names every violation of any other, and never throws.
 */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { decide } from "../../src/checked/index.ts"
import { defaultPolicy, reconcile } from "../../src/index.ts"
import { question } from "../generators/questions.ts"
import { law } from "../properties/law.ts"

const amount = { minor: 4990, currency: "EUR" }
const capture = { status: "CAPTURED", amount }
const sound = {
  order: { key: "K", status: "new", fulfilment: "wait", createdAtMs: 0, currency: "EUR", grossMinor: 4990 },
  payments: [],
  report: {
    totals: {
      exchangedTo: "EUR",
      registered: 4990,
      acquirerApproved: 4990,
      captured: 4990,
      refunded: 0,
      chargedBack: 0
    },
    payments: [{
      id: "5120050101",
      paymentMethod: "IDEAL",
      authorization: {
        status: "AUTHORIZED",
        amount,
        confidenceLevel: "ACQUIRER_APPROVED",
        captures: [capture],
        refunds: [],
        chargebacks: []
      }
    }]
  },
  nowMs: 1
}

const statusOf = (input: unknown): unknown => {
  const decided = decide(input)
  return decided._tag === "Decided" ? decided.outcome.order.status : decided.violations
}

const pathsOf = (input: unknown): ReadonlyArray<string> => {
  const decided = decide(input)
  return decided._tag === "Refused" ? decided.violations.map(({ path }) => path) : ["decided"]
}

/** The sound question with something else at a path. */
const but = (path: ReadonlyArray<string | number>, value: unknown): unknown => {
  const copy = structuredClone(sound) as unknown
  let at = copy as Record<PropertyKey, unknown>
  for (const key of path.slice(0, -1)) at = at[key] as Record<PropertyKey, unknown>
  at[path.at(-1)!] = value
  return copy
}

describe("input that nobody has checked", () => {
  it("is decided with the defaults for what is left out", () => {
    expect(statusOf(sound)).toBe("paid")
    const { payments: _, ...without } = sound
    expect(statusOf(without)).toBe("paid")
    expect(statusOf({ ...sound, policy: { expireAfterDays: 30 } })).toBe("paid")
  })

  it("may say null where there is nothing, as a database does", () => {
    const row = { ...sound.order, hold: null, closedBy: null, coveredByCapture: null, totals: null, orderKey: null }
    expect(statusOf({ ...sound, order: row, intent: null, policy: null })).toBe("paid")
    const stored = {
      paymentId: "5120050101",
      orderKey: null,
      paymentMethod: "IDEAL",
      status: "NEW",
      confidenceLevel: "",
      currency: null,
      allocatedMinor: 0,
      debitedMinor: 0,
      refundedMinor: 0,
      chargedBackMinor: 0,
      reversedMinor: 0
    }
    expect(statusOf({ ...sound, payments: [stored] })).toBe("paid")
    expect(statusOf(but(["report", "totals", "reversed"], null))).toBe("paid")
  })

  it.each<readonly [name: string, input: unknown, paths: ReadonlyArray<string>]>([
    ["nothing", undefined, [""]],
    ["null", null, [""]],
    ["a text", "paid", [""]],
    ["a list", [], [""]],
    ["an empty object", {}, ["order", "report", "nowMs"]],
    ["a policy by its word", { ...sound, policy: { paidWhen: "approved" } }, ["policy.paidWhen"]],
    ["a status in capitals", but(["order", "status"], "Paid"), ["order.status"]],
    ["a number as id", but(["report", "payments", 0, "id"], 5120050101), ["report.payments[0].id"]],
    ["one capture that is no list", but(["report", "payments", 0, "authorization", "captures"], capture), [
      "report.payments[0].authorization.captures"
    ]],
    ["an amount that is a text", but(["report", "totals", "captured"], "49.90"), ["report.totals.captured"]],
    ["an amount that is a fraction", but(["report", "totals", "captured"], 49.9), ["report.totals.captured"]],
    ["an amount that is no number", but(["report", "totals", "captured"], Number.NaN), ["report.totals.captured"]],
    ["a currency in small letters", but(["order", "currency"], "eur"), ["order.currency"]],
    ["a time that is a date", but(["nowMs"], new Date(0)), ["nowMs"]],
    ["a big integer", but(["order", "grossMinor"], 1n), ["order.grossMinor"]],
    ["a function", but(["report"], () => sound.report), ["report"]],
    ["a map", but(["order"], new Map()), ["order"]],
    ["a hole in a list", but(["report", "payments"], [null]), ["report.payments[0]"]],
    ["two violations", { ...sound, nowMs: "now", payments: {} }, ["payments", "nowMs"]]
  ])("is told where it is wrong: %s", (_name, input, paths) => {
    const found = pathsOf(input)
    for (const path of paths) expect(found).toContain(path)
    expect(found).not.toContain("decided")
  })

  it("never says what was found there", () => {
    const secret = "J. de Vries, NL00"
    expect(JSON.stringify(decide(but(["order", "status"], secret)))).not.toContain("Vries")
    expect(JSON.stringify(decide(but(["report", "totals", "captured"], secret)))).not.toContain("Vries")
  })

  it("never throws, whatever its properties do", () => {
    const cyclic: Record<string, unknown> = { ...sound }
    cyclic["order"] = cyclic
    const throwing = {
      get order(): never {
        throw new Error("no")
      }
    }
    const trap = new Proxy({}, {
      ownKeys: () => {
        throw new Error("no")
      }
    })
    const revoked = Proxy.revocable({}, {})
    revoked.revoke()
    let deep: unknown = 1
    for (let depth = 0; depth < 100_000; depth++) deep = [deep]
    for (const input of [cyclic, throwing, trap, revoked.proxy, { ...sound, report: deep }, Symbol("x"), () => sound]) {
      expect(decide(input)._tag).toBe("Refused")
    }
    // Names of the language are names of fields like others.
    expect(decide(JSON.parse(`{"__proto__":{"order":1}}`))._tag).toBe("Refused")
  })
})

describe("laws of the checked entry", () => {
  law("it answers what the kernel answers", question, (asked) => {
    // The kernel takes a negative margin for none; nobody may set one.
    const policy = { ...asked.policy, marginMinor: defaultPolicy.marginMinor }
    const decided = decide({ ...asked, policy })
    expect(decided).toEqual({ _tag: "Decided", outcome: reconcile({ ...asked, policy }) })
  })

  law(
    "it never throws",
    fc.anything({ withBigInt: true, withDate: true, withMap: true, withSymbol: true } as object),
    (input) => {
      expect(["Decided", "Refused"]).toContain(decide(input)._tag)
    }
  )
})

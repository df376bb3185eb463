import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { fulfilments, isClosed, orderStatuses } from "../../src/index.ts"
import { type Attempt, decideShopOrder, isCovered } from "../../src/shopOrder/decideShopOrder.ts"
import { law } from "../properties/law.ts"

const attempt = (id: string, over: Partial<Attempt> = {}): Attempt => ({
  id,
  createdAtMs: Number(id),
  status: "new",
  fulfilment: "wait",
  keptMinor: 0,
  currency: "EUR",
  ...over
})

const paid = (id: string, coveredAtMs: number): Attempt =>
  attempt(id, { status: "paid", fulfilment: "ship", coveredAtMs, keptMinor: 1000 })

describe("a shop's order with several attempts", () => {
  it.each<readonly [name: string, attempts: ReadonlyArray<Attempt>, says: string, leading: string]>([
    ["is what its only attempt is", [attempt("1", { status: "pending" })], "pending wait", "1"],
    [
      "stays paid when an older attempt expires",
      [attempt("1", { status: "expired", fulfilment: "stop" }), paid("2", 5)],
      "paid ship",
      "2"
    ],
    [
      "stays paid when a newer attempt is cancelled",
      [paid("1", 5), attempt("2", { status: "cancelled", fulfilment: "stop" })],
      "paid ship",
      "1"
    ],
    [
      "is open while a newer attempt is",
      [attempt("1", { status: "expired", fulfilment: "stop" }), attempt("2")],
      "new wait",
      "2"
    ],
    [
      "is open again when the shopper starts over after a refund",
      [
        attempt("1", { status: "refunded", fulfilment: "stop" }),
        attempt("2", { status: "in_progress" })
      ],
      "in_progress wait",
      "2"
    ],
    [
      "is closed when every attempt is",
      [
        attempt("1", { status: "expired", fulfilment: "stop" }),
        attempt("2", { status: "cancelled", fulfilment: "stop" })
      ],
      "cancelled stop",
      "2"
    ],
    [
      "ships by an approved attempt that is not paid yet",
      [
        attempt("1", { status: "pending", fulfilment: "ship", coveredAtMs: 3 }),
        attempt("2")
      ],
      "pending ship",
      "1"
    ]
  ])("%s", (_name, attempts, says, leading) => {
    const decided = decideShopOrder(attempts)
    expect([`${decided?.status} ${decided?.fulfilment}`, decided?.leadingAttempt, decided?.findings]).toEqual([
      says,
      leading,
      []
    ])
  })

  it("is led by the attempt that was covered first, and names what the other one keeps", () => {
    expect(decideShopOrder([paid("1", 9), paid("2", 4)])).toEqual({
      status: "paid",
      fulfilment: "ship",
      leadingAttempt: "2",
      findings: [{ kind: "paid-twice", attempt: "1", keptMinor: 1000, currency: "EUR" }]
    })
  })

  it("is nothing without an attempt", () => {
    expect(decideShopOrder([])).toBeUndefined()
  })
})

const anyAttempts: fc.Arbitrary<ReadonlyArray<Attempt>> = fc.uniqueArray(
  fc.record({
    id: fc.nat(30).map(String),
    createdAtMs: fc.nat(10),
    status: fc.constantFrom(...orderStatuses),
    fulfilment: fc.constantFrom(...fulfilments),
    keptMinor: fc.nat(100),
    currency: fc.constant("EUR")
  }).chain((one) =>
    isCovered(one) ? fc.nat(10).map((coveredAtMs): Attempt => ({ ...one, coveredAtMs })) : fc.constant<Attempt>(one)
  ),
  { maxLength: 6, selector: ({ id }) => id }
)

describe("laws of a shop's order", () => {
  law(
    "is the same in whatever order its attempts are given",
    anyAttempts.chain((attempts) =>
      fc.tuple(fc.constant(attempts), fc.shuffledSubarray([...attempts], { minLength: attempts.length }))
    ),
    ([attempts, shuffled]) => {
      expect(decideShopOrder(shuffled)).toEqual(decideShopOrder(attempts))
    }
  )

  law(
    "an attempt that is closed beside one that is not changes nothing",
    fc.tuple(anyAttempts, fc.constantFrom("cancelled", "expired"), fc.nat(20)),
    ([attempts, status, createdAtMs]) => {
      if (attempts.every((one) => isClosed(one.status) && !isCovered(one))) return
      const dead = attempt("dead", { status, fulfilment: "stop", createdAtMs })
      expect(decideShopOrder([...attempts, dead])).toEqual(decideShopOrder(attempts))
    }
  )

  law("every covered attempt leads or is named to be given back", anyAttempts, (attempts) => {
    const decided = decideShopOrder(attempts)
    const covered = attempts.filter(isCovered).map(({ id }) => id)
    const named = decided?.findings.map((finding) => finding.attempt) ?? []
    if (covered.length === 0) expect(named).toEqual([])
    else expect(new Set([decided?.leadingAttempt, ...named])).toEqual(new Set(covered))
  })

  law("it ships only if one of its attempts does", anyAttempts, (attempts) => {
    if (decideShopOrder(attempts)?.fulfilment === "ship") {
      expect(attempts.some(({ fulfilment }) => fulfilment === "ship")).toBe(true)
    }
  })
})

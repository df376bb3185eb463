import { FakeProvider } from "@docdata/testkit"
import { assert, describe } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { capturePayment, OrderStore, refreshOrder, refundPayment } from "../../src/index.ts"
import type { RefundOptions } from "../../src/modifications/index.ts"
import { callCount, named, orderOf, test } from "../support/shop.ts"

/** An order of which one part is captured and another can be. */
const partlyCaptured = Effect.gen(function*() {
  const { act } = yield* FakeProvider
  const order = yield* orderOf("web-1")
  const paymentId = yield* act({ do: "authorize", orderKey: order.state.key, method: "VISA" })
  yield* refreshOrder(named(order), { observedBy: "operator" })
  yield* capturePayment(named(order), { paymentId, reference: "first", amountMinor: 1000 })
  yield* act({ do: "move-captures", paymentId, to: "CAPTURED" })
  yield* refreshOrder(named(order), { observedBy: "operator" })
  return { order, paymentId }
})

const account = {
  holderName: "Nobody Real",
  holderCity: "Zwolle",
  holderCountry: "NL",
  iban: Redacted.make("NL99XXXX")
}

/** What is wrong | the request | the field that the answer names. */
const violations: ReadonlyArray<readonly [what: string, request: Partial<RefundOptions>, path: string]> = [
  ["a description of 300 characters", { description: "x".repeat(300) }, "description"],
  ["an empty description", { description: "" }, "description"],
  ["a description with a character that XML does not have", { description: "back \uFFFE" }, "description"],
  ["a description with half a character", { description: "back \uD83D" }, "description"],
  ["a day that does not exist", { notBefore: "2026-02-31" }, "notBefore"],
  ["a day that is none", { notBefore: "tomorrow" }, "notBefore"],
  ["a reference of blanks", { reference: "   " }, "Reference"],
  ["a reference of 36 characters", { reference: "r".repeat(36) }, "Reference"],
  ["a reference with a control character", { reference: "r\u0000" }, "Reference"],
  ["an amount that is not whole", { amountMinor: 10.5 }, "amount.minor"]
]

/** What only a refund can have. */
const refundViolations: typeof violations = [
  ["a holder of 36 characters", { account: { ...account, holderName: "n".repeat(36) } }, "account.holderName"],
  ["a country in words", { account: { ...account, holderCountry: "Netherlands" } }, "account.holderCountry"],
  ["an empty IBAN", { account: { ...account, iban: Redacted.make("") } }, "account.iban"]
]

const operations = { capture: capturePayment, refund: refundPayment } as const

for (const operation of ["capture", "refund"] as const) {
  describe(`a ${operation} with a mistake is refused before anything is stored or asked`, () => {
    for (const [what, request, path] of operation === "refund" ? [...violations, ...refundViolations] : violations) {
      test(
        `${operation} with ${what}: the answer names the field, and its reference is still free`,
        Effect.gen(function*() {
          const { order, paymentId } = yield* partlyCaptured
          const sound = { paymentId, reference: "web-1-1", amountMinor: 100 }
          const before = yield* callCount(operation)
          const failure = yield* Effect.flip(operations[operation](named(order), { ...sound, ...request }))
          assert.deepInclude(failure, { _tag: "GatewayFailure", operation })
          const { reason } = failure as Extract<typeof failure, { readonly _tag: "GatewayFailure" }>
          assert.strictEqual(reason._tag, "RefusedBeforeSending")
          const problems = reason._tag === "RefusedBeforeSending" ? reason.problems : []
          assert.deepEqual(problems.map((problem) => problem.path), [
            path === "Reference" ? `${operation}Reference` : path
          ])
          assert.strictEqual(yield* callCount(operation), before)
          const stored = yield* OrderStore.use((store) => store.modifications(order.id))
          assert.deepEqual(stored.map(({ reference }) => reference), ["first"])
          const { reference = sound.reference } = request
          const again = yield* operations[operation](named(order), {
            ...sound,
            reference: path === "Reference" ? sound.reference : reference
          })
          assert.strictEqual(again.state, "filed")
        })
      )
    }
  })
}

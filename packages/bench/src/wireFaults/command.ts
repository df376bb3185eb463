/**
 * What becomes of a call when the wire misbehaves, by a real clock: `npm run --workspace packages/bench wire-faults`.
 *
 * One line per fault: the failure, what it says about sending, how long the call took, and whether it ended inside the
 * deadline. That the failures are right is tested in `packages/soap`, under a clock that stands still.
 */
import { type GatewayFailure, type GatewayFailureReason, type Merchant, PaymentGateway } from "@docdata/application"
import { type Fault, startSimulator } from "@docdata/simulator"
import { SoapGateway } from "@docdata/soap/gateway"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { order } from "./order.ts"

const deadlineMs = 2_000
// How late a timer may be on a busy machine.
const latenessMs = 250

const account = { name: "fault_shop", password: "fault-password" }
const merchant: Merchant = {
  environment: "test",
  merchantName: account.name,
  password: Redacted.make(account.password)
}

const effects: ReadonlyArray<Fault["effect"]> = [
  { kind: "delay", delayMs: 60_000 },
  { kind: "drip", everyMs: 100 },
  { kind: "reset-before-reading" },
  { kind: "reset-before-reply" },
  { kind: "reset-in-reply", afterBytes: 0 },
  { kind: "reset-in-reply", afterBytes: 200 },
  { kind: "truncated", afterBytes: 0 },
  { kind: "truncated", afterBytes: 200 },
  { kind: "html" },
  { kind: "document-type" },
  { kind: "gzip" },
  { kind: "oversized", sizeBytes: 5_000_000 },
  { kind: "redirect", status: 302, location: "http://127.0.0.1:1/" },
  { kind: "status", status: 500, body: "fault" },
  { kind: "status", status: 500, body: "html" },
  { kind: "status", status: 503, body: "empty" },
  { kind: "status", status: 404, body: "empty" },
  { kind: "errors", errors: [{ code: "INTERNAL_ERROR", text: "It broke." }] }
]

const errorOf = (reason: GatewayFailureReason): readonly [error: string, sent: string] => {
  switch (reason._tag) {
    case "TransportFailure":
      return [`TransportFailure ${reason.obstacle}`, reason.sent]
    case "UnreadableReply":
      return [`UnreadableReply ${reason.reason}`, "-"]
    case "Rejected":
      return [`Rejected ${reason.errors.map(({ code }) => code).join(" ")}`, "-"]
    case "Fault":
    case "RefusedBeforeSending":
    case "Unsupported":
      return [reason._tag, "-"]
  }
}

const rowOf = (fault: string, { exchange, reason }: GatewayFailure): string => {
  const elapsedMs = exchange?.timings.totalMs ?? Number.NaN
  const isInside = elapsedMs <= deadlineMs + latenessMs
  return [
    fault.padEnd(28),
    ...errorOf(reason).map((word, column) => word.padEnd(column === 0 ? 36 : 9)),
    `${elapsedMs.toFixed(0)} ms`.padStart(8),
    isInside ? "inside" : "LATE"
  ].join("  ")
}

const nameOf = (effect: Fault["effect"]): string =>
  Object.values(effect).filter((part) => typeof part !== "object" && !String(part).includes("/")).join(" ")

const call = (url: string, number: number) =>
  Effect.scoped(Effect.gen(function*() {
    const gateway = yield* PaymentGateway
    return yield* Effect.flip(gateway.create(merchant, order(`fault-${number}`)))
  })).pipe(
    Effect.provide(SoapGateway.layer({ endpoints: { test: url }, limits: { totalMs: deadlineMs, connectMs: 1_000 } }))
  )

const simulator = await startSimulator({ merchants: [account] })
console.log(`create against the simulator, deadline ${deadlineMs} ms`)
for (const [number, effect] of effects.entries()) {
  simulator.planFaults([{ executed: effect.kind !== "errors" && effect.kind !== "reset-before-reading", effect }])
  console.log(rowOf(nameOf(effect), await Effect.runPromise(call(simulator.url, number))))
}
await simulator.close()
console.log(rowOf("nobody listens", await Effect.runPromise(call(simulator.url, effects.length))))

import { describe, expect, it } from "vitest"
import {
  GatewayFailure,
  type GatewayFailureReason,
  mayHaveHappened,
  operations,
  type RejectionKind
} from "../../src/index.ts"

// The code says the opposite of most kinds: only the kind decides.
const rejected = (kind: RejectionKind): GatewayFailureReason => (
  { _tag: "Rejected", kind, errors: [{ code: "REQUEST_DATA_INCORRECT", message: "m" }, { code: "E2", message: "m" }] }
)
const transport = (sent: "not-sent" | "unknown" | "answered"): GatewayFailureReason => ({
  _tag: "TransportFailure",
  obstacle: "connection-lost",
  sent,
  retryable: sent === "not-sent"
})
const refused: GatewayFailureReason = {
  _tag: "RefusedBeforeSending",
  problems: [{ path: "billTo.address.city", limit: "text-35", valueKind: "text of 36 characters", message: "1 to 35" }]
}
const fault: GatewayFailureReason = { _tag: "Fault", code: "S:Server", message: "It broke.", httpStatus: 500 }
const unreadable: GatewayFailureReason = {
  _tag: "UnreadableReply",
  reason: "truncated",
  position: { byteOffset: 10, line: 1, column: 11 },
  httpStatus: 200
}

describe("after a failure to create, the order", () => {
  const rows: ReadonlyArray<readonly [string, GatewayFailureReason, boolean]> = [
    ["was refused for its data", rejected("refused"), false],
    ["was refused for the credentials", rejected("credentials"), false],
    ["speaks of something that is not there", rejected("not-found"), false],
    ["met an error inside the payment system", rejected("internal"), true],
    ["was not sent", transport("not-sent"), false],
    ["was refused before sending", refused, false],
    ["may have been sent", transport("unknown"), true],
    ["was answered by something else", transport("answered"), true],
    ["met a fault", fault, true],
    ["got a reply that nobody can read", unreadable, true]
  ]
  it.each(rows)("%s", (_, reason, may) => {
    expect(mayHaveHappened("create", reason)).toBe(may)
    expect(mayHaveHappened("status", reason)).toBe(false)
    const { message } = new GatewayFailure({ operation: "create", reason })
    if (may) expect(message).toMatch(/may exist/)
    else expect(message).not.toMatch(/may exist/)
  })
})

describe("a failure's message", () => {
  it("is one line for every operation and reason, and ends with the next step", () => {
    for (const operation of operations) {
      for (
        const reason of [rejected("refused"), transport("unknown"), transport("not-sent"), refused, fault, unreadable]
      ) {
        const { message } = new GatewayFailure({ operation, reason })
        expect(message).toMatch(/^\w+ .*[;:] .+$/)
        expect(message).not.toContain("\n")
        expect(message).not.toContain("undefined")
      }
    }
  })

  it("names fields and rules", () => {
    expect(new GatewayFailure({ operation: "create", reason: refused }).message).toBe(
      "create not sent: billTo.address.city: 1 to 35 (found text of 36 characters); correct these fields"
    )
  })
})

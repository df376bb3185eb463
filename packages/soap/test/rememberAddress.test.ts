import type { LookupFunction } from "node:net"
import { describe, expect, it } from "vitest"
import { rememberAddress } from "../src/transport/rememberAddress.ts"

/** A lookup that answers as it is told, at a time that is told. */
const started = () => {
  const state = { nowMs: 0, asked: 0, answer: "192.0.2.1" }
  const find: LookupFunction = (_host, _options, done) => {
    state.asked += 1
    if (state.answer === "fails") done(Object.assign(new Error("no answer"), { code: "EAI_AGAIN" }), [])
    else if (state.answer !== "never") done(null, [{ address: state.answer, family: 4 }])
  }
  const remembered = rememberAddress(() => state.nowMs, find)
  const ask = (): Promise<string> =>
    new Promise((resolve) =>
      remembered(
        "docdata.example",
        { all: false },
        (problem, address) => resolve(problem?.code ?? (typeof address === "string" ? address : ""))
      )
    )
  return { state, ask }
}

describe("the address of Docdata's host", () => {
  it("is asked for once a minute at most", async () => {
    const { ask, state } = started()
    expect([await ask(), await ask()]).toEqual(["192.0.2.1", "192.0.2.1"])
    state.nowMs = 60_000
    state.answer = "192.0.2.2"
    expect(await ask()).toBe("192.0.2.2")
    expect(state.asked).toBe(2)
  })

  it.each(["fails", "never"])(
    "is the one from before while the name server's answer %s, for half an hour",
    async (answer) => {
      const { ask, state } = started()
      await ask()
      state.answer = answer
      state.nowMs = 29 * 60_000
      expect(await ask()).toBe("192.0.2.1")
      state.answer = "fails"
      state.nowMs = 30 * 60_000
      expect(await ask()).toBe("EAI_AGAIN")
    }
  )
})

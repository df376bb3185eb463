/**
 * What checkouts of many countries send, over REST and SOAP to the offline Docdata, which holds every request against the
 * vendor's schema: no sale fails, and the answer says what was changed.
 */
import { hashApiKey, makeApiKey, makeWebhookSecret } from "@docdata/http"
import { serve, type Served } from "@docdata/service"
import { type Simulator, startSimulator } from "@docdata/simulator"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import { afterAll, beforeAll, expect, it } from "vitest"
import { demoPlan, provider } from "../src/demo/demoPlan.ts"
import { checkouts } from "./support/checkouts.ts"

const key = makeApiKey()
const scope = Scope.makeUnsafe()
let simulator: Simulator
let service: Served

beforeAll(async () => {
  simulator = await startSimulator({ clock: "wall", merchants: [provider] })
  const plan = demoPlan({
    simulator,
    shopOrigin: "http://127.0.0.1:9",
    secret: makeWebhookSecret(),
    key,
    file: ":memory:",
    port: 0
  })
  const quiet = {
    ...plan,
    webhooks: { ...plan.webhooks, endpoints: [] },
    keys: [{ id: "shop", hash: hashApiKey(key), merchants: "all", scope: "operate" }] as const
  }
  service = await Effect.runPromise(Effect.provideService(serve(quiet), Scope.Scope, scope))
})
afterAll(async () => {
  await Effect.runPromise(Scope.close(scope, Exit.void))
  await simulator.close()
})

it("there are at least 200 checkouts", () => {
  expect(checkouts.length).toBeGreaterThanOrEqual(200)
})

it.each(checkouts.map((checkout, index) => ({ ...checkout, number: `c-${index}` })))(
  "$what",
  async ({ adjusted, number, order }) => {
    const response = await fetch(`${service.origin}/v1/orders`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${Redacted.value(key)}`,
        "content-type": "application/json",
        "idempotency-key": number
      },
      body: JSON.stringify({ shopReference: number, order })
    })
    const body = await response.json() as {
      readonly adjusted?: ReadonlyArray<{ readonly path: string }>
      readonly errors?: unknown
    }
    expect([response.status, body.errors]).toEqual([201, undefined])
    expect((body.adjusted ?? []).map(({ path }) => path)).toEqual(adjusted.map((path) => `order.${path}`))
  }
)

/** The gateway as a shop uses it: encoding, queue, breaker, deadline, strict reading, typed answer, exchange, span. */
import { type Merchant, PaymentGateway } from "@docdata/application"
import { SoapGateway } from "@docdata/soap/gateway"
import * as Effect from "effect/Effect"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Redacted from "effect/Redacted"
import { account, type OpenCaller, orderKey } from "../Caller.ts"

const merchant: Merchant = {
  environment: "test",
  merchantName: account.name,
  password: Redacted.make(account.password)
}

export const openOurs: OpenCaller = async (url) => {
  const runtime = ManagedRuntime.make(SoapGateway.layer({ endpoints: { test: url } }))
  const gateway = await runtime.runPromise(PaymentGateway)
  const status = Effect.map(gateway.status(merchant, { orderKey }), ({ value }) => value.totals.captured)
  return { ask: () => Effect.runPromise(status), close: () => runtime.dispose() }
}

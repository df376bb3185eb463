/** The control API: the typed functions of a simulator as JSON over HTTP. */
import * as Schema from "effect/Schema"
import { scenarioNamed, scenarios } from "../scenarios/scenarios.ts"
import type { Merchant } from "../Merchant.ts"
import type { Simulator } from "../Simulator.ts"
import { Action } from "./Action.ts"
import { Clock, Faults, MerchantAccount, NotificationFaults, ScenarioPlay } from "./controlRequests.ts"

export interface ControlRequest {
  readonly method: string
  /** After `/control`. */
  readonly path: string
  readonly query: URLSearchParams
  readonly text: string
}

export interface ControlReply {
  readonly status: number
  readonly body: unknown
}

interface Route {
  readonly method: "GET" | "POST" | "DELETE"
  /** A segment that starts with a colon matches anything. */
  readonly path: string
  readonly meaning: string
  readonly run: (simulator: Simulator, request: ControlRequest & { readonly name: string }) => unknown
}

class ControlFailure extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

const bodyOf = <A>(schema: Schema.Codec<A, unknown> | Schema.Decoder<A>, text: string): A => {
  let json: unknown
  try {
    json = JSON.parse(text === "" ? "{}" : text)
  } catch {
    throw new ControlFailure(400, "the body is no JSON")
  }
  try {
    return Schema.decodeUnknownSync(schema)(json)
  } catch (problem) {
    throw new ControlFailure(400, problem instanceof Error ? problem.message : "the body is not understood")
  }
}

const routes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "",
    meaning: "this list",
    run: (simulator) => ({
      endpoint: simulator.url,
      menu: simulator.menuUrl,
      nowMs: simulator.nowMs(),
      routes: routes.map(({ meaning, method, path }) => `${method} /control${path}: ${meaning}`)
    })
  },
  { method: "GET", path: "/orders", meaning: "all orders", run: (simulator) => simulator.orders() },
  {
    method: "GET",
    path: "/orders/:key",
    meaning: "one order with its payments, report and history",
    run: (simulator, { name }) => {
      const view = simulator.order(name)
      if (view === undefined) throw new ControlFailure(404, "there is no order with this key")
      return { ...view, history: simulator.history(name) }
    }
  },
  {
    method: "POST",
    path: "/actions",
    meaning: "do something to an order or a payment",
    run: async (simulator, { text }) => {
      const result = await simulator.act(bodyOf(Action, text))
      if (!result.ok) throw new ControlFailure(409, result.why)
      return result
    }
  },
  {
    method: "POST",
    path: "/clock",
    meaning: "move the clock forward by advanceMs",
    run: async (simulator, { text }) => {
      await simulator.advance(bodyOf(Clock, text).advanceMs)
      return { nowMs: simulator.nowMs() }
    }
  },
  { method: "GET", path: "/waiting", meaning: "what waits for its time", run: (simulator) => simulator.waiting() },
  { method: "GET", path: "/faults", meaning: "wire faults still to come", run: (simulator) => simulator.faults() },
  {
    method: "POST",
    path: "/faults",
    meaning: "plan wire faults",
    run: (simulator, { text }) => plan(() => simulator.planFaults(bodyOf(Faults, text)))
  },
  {
    method: "POST",
    path: "/notification-faults",
    meaning: "plan notification faults",
    run: (simulator, { text }) => plan(() => simulator.planNotificationFaults(bodyOf(NotificationFaults, text)))
  },
  {
    method: "DELETE",
    path: "/faults",
    meaning: "forget all planned faults",
    run: (simulator) => plan(() => simulator.clearFaults())
  },
  {
    method: "GET",
    path: "/scenarios",
    meaning: "all scenarios",
    run: () =>
      scenarios.map(({ defects, expected, meaning, name, shopCalls }) => ({
        name,
        meaning,
        expected,
        defects,
        shopCalls
      }))
  },
  {
    method: "POST",
    path: "/scenarios/:name",
    meaning: "play a scenario, on an order of its own or on orderKey",
    run: (simulator, { name, text }) => {
      if (scenarioNamed(name) === undefined) throw new ControlFailure(404, `there is no scenario named ${name}`)
      return simulator.runScenario(name, bodyOf(ScenarioPlay, text))
    }
  },
  {
    method: "POST",
    path: "/merchants",
    meaning: "add or replace an account",
    run: (simulator, { text }) => plan(() => simulator.setMerchant(bodyOf(MerchantAccount, text)))
  },
  {
    method: "GET",
    path: "/merchants",
    meaning: "all accounts, without their passwords",
    run: (simulator) => simulator.merchants().map(withoutSecrets)
  },
  {
    method: "GET",
    path: "/requests",
    meaning: "the newest SOAP requests, masked",
    run: (simulator) => simulator.requests()
  },
  {
    method: "GET",
    path: "/notifications",
    meaning: "attempts to deliver notifications",
    run: (simulator) => simulator.notifications()
  },
  {
    method: "GET",
    path: "/history",
    meaning: "what happened; ?order=KEY for one order",
    run: (simulator, { query }) => simulator.history(query.get("order") ?? undefined)
  }
]

const withoutSecrets = (merchant: Merchant) =>
  Object.fromEntries(Object.entries(merchant).filter(([name]) => name !== "password" && name !== "subjectTokens"))

/** Configuring answers with nothing but yes, or with the reason why not. */
const plan = (work: () => void): { readonly ok: true } => {
  try {
    work()
  } catch (problem) {
    if (problem instanceof ControlFailure) throw problem
    throw new ControlFailure(400, problem instanceof Error ? problem.message : "this cannot be planned")
  }
  return { ok: true }
}

/** The last segment of the path if the route matches. */
const match = (route: Route, request: ControlRequest): string | undefined => {
  if (route.method !== request.method) return undefined
  const path = request.path.replace(/\/$/, "")
  if (route.path === path) return ""
  const [stem, parameter] = route.path.split("/:")
  const rest = parameter === undefined ? "" : path.slice(`${stem}/`.length)
  return parameter !== undefined && path.startsWith(`${stem}/`) && rest !== "" && !rest.includes("/")
    ? decodeURIComponent(rest)
    : undefined
}

/** Never rejects: what goes wrong is a reply with `error`. */
export const handleControl = async (simulator: Simulator, request: ControlRequest): Promise<ControlReply> => {
  try {
    for (const route of routes) {
      const name = match(route, request)
      if (name !== undefined) return { status: 200, body: await route.run(simulator, { ...request, name }) }
    }
    return {
      status: 404,
      body: { error: `there is no ${request.method} ${request.path}; GET /control lists what there is` }
    }
  } catch (problem) {
    const message = problem instanceof Error ? problem.message : "unknown problem"
    return { status: problem instanceof ControlFailure ? problem.status : 500, body: { error: message } }
  }
}

/**
 * The work of `docdata orders refresh` and `docdata orders expire`: Docdata is asked about one order or many.
 */
import {
  expireOrder,
  Merchants,
  type OrderFilter,
  type OrderName,
  type OrderPreview,
  previewOrder,
  type Refreshed,
  refreshOrder
} from "@docdata/application"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { badUsage } from "../badUsage.ts"
import { statusChoices } from "../choices.ts"
import type { Given } from "../Command.ts"
import type { ExitCode } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { merchantsOf } from "./orderNamed.ts"
import { overOrders, type RefreshResult } from "./overOrders.ts"
import { runOnOrders } from "./runOnOrders.ts"

const refreshedOf = ({ order, outcome }: Refreshed | OrderPreview): RefreshResult => ({
  isChanged: outcome !== undefined && outcome.events.length > 0,
  after: outcome?.order.status ?? order.state.status,
  ...(outcome === undefined ? {} : { rule: outcome.decision.rule })
})

const byId = ({ id }: { readonly id: string }): OrderName => ({ by: "id", id })

/** Asks Docdata what is true of orders; resolves with the exit code. */
export const runRefresh = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const path = "docdata orders refresh"
  const { operands: names, switches, values } = given
  const statuses = statusChoices.filter((status) => status === values.get("status"))
  const selectors = [names.length > 0, switches.has("all"), statuses.length > 0].filter(Boolean).length
  if (selectors === 0) return badUsage(shell, path, "say which orders: ORDER..., --all or --status S")
  if (selectors > 1) {
    return badUsage(
      shell,
      path,
      "ORDER..., --all and --status exclude each other; --status alone means all of that status"
    )
  }
  const isDryRun = switches.has("dry-run")
  return runOnOrders({ path, given, shell }, () =>
    Effect.gen(function*() {
      const filter = { merchants: yield* merchantsOf(given), ...(statuses.length === 0 ? {} : { statuses }) }
      const selection = names.length > 0 ? { names } : { filters: [filter] }
      const work = (order: { readonly id: string }) =>
        Effect.map(
          isDryRun
            ? previewOrder(byId(order))
            : refreshOrder(byId(order), { observedBy: "operator" }),
          refreshedOf
        )
      return yield* overOrders({ selection, work, isDryRun }, { path, given, shell })
    }))
}

const dayMs = 86_400_000

/** Unfinished orders that are older than their own account allows. */
const overdue = Effect.fnUntraced(function*(given: Given) {
  const merchants = yield* Merchants
  const nowMs = yield* Clock.currentTimeMillis
  const accounts = yield* Effect.forEach(yield* merchantsOf(given), (name) => merchants.find(name))
  return accounts.map(({ name, policy }): OrderFilter => ({
    merchants: [name],
    statuses: ["new", "in_progress", "pending"],
    createdBeforeMs: nowMs - policy.expireAfterDays * dayMs
  }))
})

/** Expires orders that nobody finished, unless Docdata says otherwise; resolves with the exit code. */
export const runExpire = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const path = "docdata orders expire"
  const { operands: names, switches } = given
  const isOverdue = switches.has("overdue")
  if (names.length > 0 === isOverdue) return badUsage(shell, path, "say which orders: either ORDER... or --overdue")
  const isDryRun = switches.has("dry-run")
  return runOnOrders({ path, given, shell }, () =>
    Effect.gen(function*() {
      const selection = isOverdue ? { filters: yield* overdue(given) } : { names }
      const work = (order: { readonly id: string }) =>
        Effect.map(isDryRun ? previewOrder(byId(order), { wanted: "expired" }) : expireOrder(byId(order)), refreshedOf)
      return yield* overOrders({ selection, work, isDryRun }, { path, given, shell })
    }))
}

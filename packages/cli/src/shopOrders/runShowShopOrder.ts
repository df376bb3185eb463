/**
 * The work of `docdata shop-orders show`.
 */
import type { ShopOrder } from "@docdata/contract"
import { Amount } from "@docdata/domain"
import { printable } from "@docdata/service/text"
import * as Effect from "effect/Effect"
import { notPossible } from "../api/CommandFailure.ts"
import { report } from "../api/output.ts"
import { runApi, type Runner } from "../api/runApi.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { makeListText } from "../orders/listText.ts"
import { merchantOf } from "../orders/orderNamed.ts"
import type { Shell } from "../Shell.ts"

const shopOrderText = (shopOrder: typeof ShopOrder.Type, shell: Shell): string => {
  const { attempts, fulfilment, leadingOrderId, merchant, paidTwice, shopReference, shopStatus, status } = shopOrder
  const textOf = makeListText({ ...shell, nowMs: shell.nowMs(), hasAccounts: false })
  return [
    `${printable(shopReference)} of ${merchant} is ${status}, goods: ${fulfilment}${
      shopStatus === undefined ? "" : `, in the shop: ${printable(shopStatus)}`
    }`,
    ...(leadingOrderId === undefined ? [] : [`led by ${leadingOrderId}`]),
    ...paidTwice.map(({ kept, orderId }) => `paid twice: ${orderId} keeps ${Amount.format(kept)} to be refunded`),
    "",
    ...textOf(attempts)
  ].join("\n")
}

/** Prints the shop's order; resolves with the exit code. */
export const runShowShopOrder = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata shop-orders show", given, shell }
  const [shopReference = ""] = given.operands
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      const { orders } = yield* api.orders.list({ query: { ...merchantOf(given), shopReference } })
      const merchants = [...new Set(orders.map(({ merchant }) => merchant))]
      const [merchant, ...others] = merchants
      if (merchant === undefined) {
        return yield* notPossible(`no order has the shop's number ${printable(shopReference)}`)
      }
      if (others.length > 0) {
        return yield* notPossible(
          `several merchants have an order ${printable(shopReference)}: name one with --merchant`
        )
      }
      const shopOrder = yield* api["shop-orders"].read({ params: { merchant, shopReference } })
      yield* report(runner, shopOrder, (one) => shopOrderText(one, shell))
      return exitCodes.done
    }))
}

/**
 * `refund`: files a request to give captured money back.
 */
import type { Filed, RefundAccount, RefundInput, RefundScope } from "@docdata/application"
import { replyFormat } from "../envelope/ReplyFormat.ts"
import { parent } from "../shape/Shape.ts"
import { needed, optional, type RequestWriter } from "../request/RequestWriter.ts"
import { boolean, country, date, int32, orderKey, paymentId, prose, reference, text, vatRate } from "../request/Rule.ts"

type ByAmount = Extract<RefundScope, { readonly _tag: "Amount" }>
type ByItems = Extract<RefundScope, { readonly _tag: "Items" }>

// As many as an invoice has lines.
const itemsMax = 1_000

const writeAmount = (writer: RequestWriter, scope: ByAmount): void => {
  writer.optionalMoney("amount", "amount", scope.amount)
  writer.leaves(scope, [
    optional<ByAmount>("itemCode", "itemCode", text(50)),
    optional<ByAmount>("description", "description", prose(250))
  ])
}

const writeAdditional = (writer: RequestWriter, additional: NonNullable<ByItems["additional"]>): void =>
  writer.object(
    "additional",
    additional,
    () =>
      writer.element("additionalRefund", { vatRate: writer.checked("vatRate", additional.vatRate, vatRate) }, () => {
        writer.money("additionalAmount", "amount", additional.amount)
        writer.leaves(additional, [optional<typeof additional>("description", "description", prose(250))])
      })
  )

const writeItems = (writer: RequestWriter, scope: ByItems): void =>
  writer.element("refundItems", {}, () => {
    if (scope.additional !== undefined) writeAdditional(writer, scope.additional)
    // An additional amount alone is a refund; without one, no item at all would refund nothing.
    if (scope.additional !== undefined && Array.isArray(scope.items) && scope.items.length === 0) return
    writer.list("items", { values: scope.items, lengthMax: itemsMax }, (item) =>
      writer.object("", item, () =>
        writer.element("itemLine", {}, () =>
          writer.leaves(item, [
            needed<typeof item>("itemCode", "itemCode", text(50)),
            needed<typeof item>("quantity", "quantity", int32)
          ]))))
  })

const writeAccount = (writer: RequestWriter, account: RefundAccount): void =>
  writer.object("account", account, () =>
    writer.element("refundBankAccount", {}, () => {
      writer.leaves(account, [
        needed<RefundAccount>("holderName", "holderName", text(35)),
        needed<RefundAccount>("holderCity", "holderCity", text(35))
      ])
      writer.element("holderCountry", { code: writer.checked("holderCountry", account.holderCountry, country) })
      writer.leaves(account, [
        optional<RefundAccount>("bic", "bic", text(35)),
        needed<RefundAccount>("iban", "iban", text(35))
      ])
    }))

/** Source: Docdata XSD 1.3, `refundRequest`. */
export const writeRefund = (writer: RequestWriter, input: RefundInput): void => {
  writer.unsent("orderKey", input.orderKey, orderKey)
  const { account } = input
  writer.leaves(input, [
    needed<RefundInput>("paymentId", "paymentId", paymentId),
    optional<RefundInput>("merchantRefundReference", "refundReference", reference(35))
  ])
  writer.object("scope", input.scope, () =>
    writer.choice(input.scope, {
      Amount: (scope) => writeAmount(writer, scope),
      Items: (scope) => writeItems(writer, scope)
    }))
  writer.leaves(input, [
    optional<RefundInput>("cancelReserved", "replaceFiled", boolean),
    optional<RefundInput>("requiredRefundDate", "notBefore", date)
  ])
  if (account !== undefined) writeAccount(writer, account)
}

/** Source: Docdata XSD 1.3, `refundResponse`. */
export const refundReply = replyFormat("refund", parent({}, (): Filed => ({ _tag: "Filed" })))

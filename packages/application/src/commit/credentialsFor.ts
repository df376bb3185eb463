/**
 * In whose name an order is asked about: its own account, and the merchant that account acted for.
 */
import * as Effect from "effect/Effect"
import type { Merchant, MerchantAccount, StoredOrder } from "../ports/index.ts"
import { MerchantMismatch } from "./UseCaseFailure.ts"

/**
 * The account's credentials of this moment. The subject merchant goes along only if the order was created for one;
 * its fee only belongs to the creation. An account that acts for another one by now, or for none, cannot ask about
 * the order: Docdata would look for it with the wrong merchant.
 */
export const credentialsFor = (
  { credentials }: MerchantAccount,
  order: Pick<StoredOrder, "id" | "subjectMerchant">
): Effect.Effect<Merchant, MerchantMismatch> => {
  const { subjectMerchant, ...own } = credentials
  const wanted = order.subjectMerchant
  if (wanted === undefined) return Effect.succeed(own)
  if (subjectMerchant?.name !== wanted) {
    return Effect.fail(new MerchantMismatch({ orderId: order.id, subjectMerchant: wanted }))
  }
  return Effect.succeed({ ...own, subjectMerchant: { name: subjectMerchant.name, token: subjectMerchant.token } })
}

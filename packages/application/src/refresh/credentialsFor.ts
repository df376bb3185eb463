/**
 * In whose name an order is asked about: its own account, and the merchant that account acted for.
 */
import type { Merchant } from "../gateway/Merchant.ts"
import type { StoredOrder } from "../order/StoredOrder.ts"
import type { MerchantAccount } from "../ports/Merchants.ts"

/**
 * The account's credentials of this moment. The subject merchant goes along only if the order was created for one;
 * its fee only belongs to the creation.
 */
export const credentialsFor = (
  { credentials }: MerchantAccount,
  order: Pick<StoredOrder, "subjectMerchant">
): Merchant => {
  const { subjectMerchant, ...own } = credentials
  if (order.subjectMerchant === undefined || subjectMerchant === undefined) return own
  return { ...own, subjectMerchant: { name: subjectMerchant.name, token: subjectMerchant.token } }
}

/**
 * The names whose content may be seen by people who look at exchanges. Everything else is masked.
 *
 * A name belongs here only if its content comes from Docdata's or the merchant's own vocabulary: states, codes,
 * amounts, currencies, dates, keys and references of orders and payments. Whatever a shopper typed, whatever
 * identifies a shopper, an account, a card or a session, and whatever opens a door does not.
 */

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

/**
 * Elements by local name, or as `parent/name` where the word alone could mean anything. In this order: orders and
 * payments, amounts, states and dates, software.
 */
export const shownElements: ReadonlySet<string> = words(`
  merchantOrderReference paymentOrderKey createSuccess/key paymentId payment/id paymentSuccess/id paymentError/id
  payment/paymentMethod paymentMethod/name profile numberOfDaysToPay includeCosts itemCode item/code quantity
  merchantCaptureReference merchantRefundReference merchantReference merchantCaptureId merchantRefundId chargebackId
  amount paymentAmount totalGrossAmount totalNetAmount totalVatAmount netAmount grossAmount additionalAmount
  totalRegistered totalShopperPending totalAcquirerPending totalAcquirerApproved totalCaptured totalRefunded
  totalChargedback totalReversed
  authorization/status capture/status refund/status chargeback/status paymentSuccess/status paymentError/status
  confidenceLevel cancelSuccess/result consideredSafe/value consideredSafe/level consideredSafe/date modifiedDate
  finalCapture cancelReserved requiredCaptureDate requiredRefundDate returnCode riskChecks/check success
  originalVersion conversionApplied webshopPlugin webshopPluginVersion integratorName programmingLanguage
  operatingSystem operatingSystemVersion ddpXsdVersion faultcode
`)

/** Elements below which nothing is shown, whatever its name: people, accounts, sessions, tills. */
export const maskedBelow: ReadonlySet<string> = words(`
  shopper company billTo shipTo salesPerson register shopperInfo refundBankAccount shopperBankAccount
  mandate redirect mobile parameters receipt formattedReceipt receiptValues offlinePaymentInput offlinePaymentInfo
`)

/** Attributes, as `element@attribute` or, where harmless everywhere, `@attribute`. */
export const shownAttributes: ReadonlySet<string> = words(`
  @xmlns @version @testExtensibility @ddpXsdVersion @currency @rate @vatRate @unitOfMeasure
  @code @moment @score @exchangedTo @exchangeRateDate @numberOfDays @number
  merchant@name subjectMerchant@name css@id
`)

/**
 * Status replies as the provider's servers write them, for the demo: envelope, namespaces and element order are those
 * of real replies, all values are invented.
 */

/** One payment element. Amounts in minor units. */
export interface DemoPayment {
  readonly id: number
  readonly method: string
  readonly status: string
  readonly confidence: string
  readonly amount: number
  readonly captures?: ReadonlyArray<readonly [status: string, amount: number]>
  readonly refunds?: ReadonlyArray<readonly [status: string, amount: number]>
  readonly chargebacks?: ReadonlyArray<readonly [status: string, amount: number]>
  readonly reversed?: number
}

/** Totals that are not zero. */
export interface DemoTotals {
  readonly registered: number
  readonly shopperPending?: number
  readonly acquirerPending?: number
  readonly approved?: number
  readonly captured?: number
  readonly refunded?: number
  readonly chargedBack?: number
  readonly reversed?: number
}

const amount = (minor: number): string => `<amount currency="EUR">${minor}</amount>`

const modifications = (name: string, given: DemoPayment["captures"] = []): string =>
  given.map(([status, minor]) => `<${name}><status>${status}</status>${amount(minor)}</${name}>`).join("")

const paymentXml = (payment: DemoPayment): string => `
        <payment>
          <id>${payment.id}</id>
          <paymentMethod>${payment.method}</paymentMethod>
          <authorization>
            <status>${payment.status}</status>
            ${amount(payment.amount)}
            <confidenceLevel>${payment.confidence}</confidenceLevel>
            ${modifications("capture", payment.captures)}${modifications("refund", payment.refunds)}${
  modifications("chargeback", payment.chargebacks)
}${payment.reversed === undefined ? "" : `<reversal>${amount(payment.reversed)}</reversal>`}
          </authorization>
        </payment>`

const envelope = (body: string): string =>
  `<?xml version='1.0' encoding='UTF-8'?>
<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/">
  <S:Body>
    <statusResponse xmlns="http://www.docdatapayments.com/services/paymentservice/1_3/" ddpXsdVersion="1.3.15">
      ${body}
    </statusResponse>
  </S:Body>
</S:Envelope>
`

/** A reply with a report. */
export const statusReply = (totals: DemoTotals, payments: ReadonlyArray<DemoPayment>): string =>
  envelope(`<statusSuccess>
      <success code="SUCCESS">Operation successful.</success>
      <report>
        <approximateTotals exchangedTo="EUR" exchangeRateDate="2026-02-03 10:15:00">
          <totalRegistered>${totals.registered}</totalRegistered>
          <totalShopperPending>${totals.shopperPending ?? 0}</totalShopperPending>
          <totalAcquirerPending>${totals.acquirerPending ?? 0}</totalAcquirerPending>
          <totalAcquirerApproved>${totals.approved ?? 0}</totalAcquirerApproved>
          <totalCaptured>${totals.captured ?? 0}</totalCaptured>
          <totalRefunded>${totals.refunded ?? 0}</totalRefunded>
          <totalChargedback>${totals.chargedBack ?? 0}</totalChargedback>
          <totalReversed>${totals.reversed ?? 0}</totalReversed>
        </approximateTotals>${payments.map(paymentXml).join("")}
      </report>
    </statusSuccess>`)

/** A reply that refuses to answer. */
export const errorReply = (code: string, text: string): string =>
  envelope(`<statusErrors><error code="${code}">${text}</error></statusErrors>`)

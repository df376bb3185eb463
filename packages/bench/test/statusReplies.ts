/**
 * Status replies of any size for the benchmarks, in the shape and with the indentation the provider sends.
 */

const payment = (id: number): string => `
          <payment>
            <id>${id}</id>
            <paymentMethod>IDEAL</paymentMethod>
            <authorization>
              <status>AUTHORIZED</status>
              <amount currency="EUR">2420</amount>
              <confidenceLevel>ACQUIRER_APPROVED</confidenceLevel>
              <capture>
                <status>CAPTURED</status>
                <amount currency="EUR">2420</amount>
              </capture>
            </authorization>
            <extended>
              <riskChecks score="0"/>
              <iDealPaymentInfo>
                <issuerId>FAKEBANK</issuerId>
                <holderName>Fake Payer</holderName>
                <shopperBankAccount>
                  <iban>NL00FAKE0000000001</iban>
                  <bic>FAKENL00</bic>
                </shopperBankAccount>
              </iDealPaymentInfo>
            </extended>
          </payment>`

/** The reply to a status request with that many payments: 2.2 kB for one, 1.8 MB for 2,000. */
export const statusReply = (paymentCount: number): Uint8Array =>
  new TextEncoder().encode(`<?xml version='1.0' encoding='UTF-8'?>
<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/">
  <S:Body>
    <statusResponse xmlns="http://www.docdatapayments.com/services/paymentservice/1_3/" ddpXsdVersion="1.3.14">
      <statusSuccess>
        <success code="SUCCESS">Operation successful.</success>
        <report>
          <approximateTotals exchangedTo="EUR" exchangeRateDate="2026-03-02 09:15:00">
            <totalRegistered>2420</totalRegistered>
            <totalShopperPending>0</totalShopperPending>
            <totalAcquirerPending>0</totalAcquirerPending>
            <totalAcquirerApproved>2420</totalAcquirerApproved>
            <totalCaptured>2420</totalCaptured>
            <totalRefunded>0</totalRefunded>
            <totalChargedback>0</totalChargedback>
            <totalReversed>0</totalReversed>
          </approximateTotals>${
    Array.from({ length: paymentCount }, (_, index) => payment(7_000_000_000 + index)).join("")
  }
          <consideredSafe>
            <value>true</value>
            <level>SAFE</level>
            <date>2026-03-02T09:14:31.200+01:00</date>
            <reason>EXACT_MATCH</reason>
          </consideredSafe>
          <apiInformation conversionApplied="false">
            <originalVersion>1.3</originalVersion>
          </apiInformation>
        </report>
      </statusSuccess>
    </statusResponse>
  </S:Body>
</S:Envelope>`)

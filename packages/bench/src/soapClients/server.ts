/**
 * The server of the comparison, in a process of its own: answers every POST with the same status reply of one payment,
 * and describes itself for clients that start from a WSDL. It keeps connections alive and reads requests, but does not
 * look at them, so that what is measured is the client.
 */
import { printSchema, printWsdl } from "@docdata/simulator"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { capturedMinor } from "./Caller.ts"

const reply = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>
<statusResponse xmlns="http://www.docdatapayments.com/services/paymentservice/1_3/" ddpXsdVersion="1.3.15"><statusSuccess>
<success code="SUCCESS">Operation successful.</success>
<report>
  <approximateTotals exchangedTo="EUR" exchangeRateDate="2026-03-02 09:15:00">
    <totalRegistered>${capturedMinor}</totalRegistered><totalShopperPending>0</totalShopperPending>
    <totalAcquirerPending>0</totalAcquirerPending><totalAcquirerApproved>${capturedMinor}</totalAcquirerApproved>
    <totalCaptured>${capturedMinor}</totalCaptured><totalRefunded>0</totalRefunded>
    <totalChargedback>0</totalChargedback><totalReversed>0</totalReversed>
  </approximateTotals>
  <payment>
    <id>4910079745</id>
    <paymentMethod>IDEAL</paymentMethod>
    <authorization>
      <status>AUTHORIZED</status>
      <amount currency="EUR">${capturedMinor}</amount>
      <confidenceLevel>ACQUIRER_APPROVED</confidenceLevel>
      <capture><status>CAPTURED</status><amount currency="EUR">${capturedMinor}</amount></capture>
    </authorization>
  </payment>
  <consideredSafe><value>true</value><level>SAFE</level><date>2026-03-02T09:14:31.200+01:00</date><reason>EXACT_MATCH</reason></consideredSafe>
  <apiInformation conversionApplied="false"><originalVersion>1.3</originalVersion></apiInformation>
</report>
</statusSuccess></statusResponse>
</S:Body></S:Envelope>`)

/** Listens on a free port, prints its endpoint, and serves until the process is ended. */
export const serve = (): void => {
  let origin = ""
  const server = createServer((request, response) => {
    if (request.method === "GET") {
      response.writeHead(200, { "content-type": "text/xml; charset=utf-8" })
      response.end(request.url?.endsWith("xsd=1") === true ? printSchema() : printWsdl(origin))
      return
    }
    request.on("end", () => {
      response.writeHead(200, { "content-type": "text/xml; charset=utf-8", "content-length": reply.length }).end(reply)
    })
    request.resume()
  })
  server.keepAliveTimeout = 60_000
  server.listen(0, "127.0.0.1", () => {
    const { port } = server.address() as AddressInfo
    origin = `http://127.0.0.1:${port}`
    console.log(`${origin}/ps/services/paymentservice/1_3`)
  })
}

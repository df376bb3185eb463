/** Prints the WSDL: nine document/literal operations over SOAP 1.1, without headers and without declared faults. */
import { escapeXml } from "../xml/XmlElement.ts"
import { messageNamespace, operations, servicePath, wsdlNamespace } from "./Contract.ts"

/** The WSDL for a service at `origin` (scheme, host and port). */
export const printWsdl = (origin: string): string => {
  const address = escapeXml(`${origin}${servicePath}`)
  const messages = operations.flatMap(({ reply, request }) => [request, reply]).map((name) =>
    `  <message name="${name}"><part name="params" element="ddp:${name}"/></message>\n`
  )
  const port = operations.map(({ meaning, name, reply, request }) =>
    `    <operation name="${name}"><documentation>${escapeXml(meaning)}</documentation>`
    + `<input message="tns:${request}"/><output message="tns:${reply}"/></operation>\n`
  )
  const binding = operations.map(({ name }) =>
    `    <operation name="${name}"><soap:operation soapAction="${name}"/>`
    + `<input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation>\n`
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:xsd="http://www.w3.org/2001/XMLSchema"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:ddp="${messageNamespace}" xmlns:tns="${wsdlNamespace}"
    name="paymentService" targetNamespace="${wsdlNamespace}">
  <types><xsd:schema><xsd:import namespace="${messageNamespace}" schemaLocation="${address}?xsd=1"/></xsd:schema></types>
${messages.join("")}  <portType name="PaymentServiceSOAP">
${port.join("")}  </portType>
  <binding name="PaymentServiceBinding" type="tns:PaymentServiceSOAP">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
${binding.join("")}  </binding>
  <service name="paymentService">
    <port name="PaymentServiceSOAP" binding="tns:PaymentServiceBinding"><soap:address location="${address}"/></port>
  </service>
</definitions>
`
}

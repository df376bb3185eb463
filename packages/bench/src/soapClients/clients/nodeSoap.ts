/** node-soap, from the WSDL. */
import { createClientAsync } from "soap"
import { account, type OpenCaller, orderKey } from "../Caller.ts"

interface Reply {
  readonly statusSuccess: { readonly report: { readonly approximateTotals: { readonly totalCaptured: unknown } } }
}

export const openNodeSoap: OpenCaller = async (url) => {
  const client = await createClientAsync(`${url}?wsdl`)
  const input = {
    attributes: { version: "1.3" },
    merchant: { attributes: account },
    paymentOrderKey: orderKey
  }
  const status = Reflect.get(client, "statusAsync") as (input: object) => Promise<[Reply]>
  return {
    ask: async () => {
      const [reply] = await status.call(client, input)
      return Number(reply.statusSuccess.report.approximateTotals.totalCaptured)
    },
    close: () => Promise.resolve()
  }
}

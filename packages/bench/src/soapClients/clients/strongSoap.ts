/** strong-soap, from the WSDL. */
import strongSoap, { type Client } from "strong-soap"
import { account, type OpenCaller, orderKey } from "../Caller.ts"

interface Reply {
  readonly statusSuccess: { readonly report: { readonly approximateTotals: { readonly totalCaptured: unknown } } }
}

type Done<A> = (error: Error | null, value: A) => void

const resolved = <A>(begin: (done: Done<A>) => void): Promise<A> =>
  new Promise((resolve, reject) => begin((error, value) => error === null ? resolve(value) : reject(error)))

export const openStrongSoap: OpenCaller = async (url) => {
  const client = await resolved<Client>((done) => strongSoap.soap.createClient(`${url}?wsdl`, {}, done))
  const input = {
    statusRequest: {
      $attributes: { version: "1.3" },
      merchant: { $attributes: account },
      paymentOrderKey: orderKey
    }
  }
  return {
    ask: async () => {
      const reply = await resolved<unknown>((done) => client.status(input, done)) as Reply
      return Number(reply.statusSuccess.report.approximateTotals.totalCaptured)
    },
    close: () => Promise.resolve()
  }
}

/** strong-soap, from the WSDL. It ships no types; these are what is used of it here. */
import { createRequire } from "node:module"
import { account, type OpenCaller, orderKey } from "../Caller.ts"

interface Reply {
  readonly statusSuccess: { readonly report: { readonly approximateTotals: { readonly totalCaptured: unknown } } }
}

type Done<A> = (error: Error | null, value: A) => void

interface StrongSoap {
  readonly soap: {
    readonly createClient: (url: string, options: object, done: Done<Client>) => void
  }
}

interface Client {
  readonly status: (input: object, done: Done<Reply>) => void
}

const { soap } = createRequire(import.meta.url)("strong-soap") as StrongSoap

const settled = <A>(begin: (done: Done<A>) => void): Promise<A> =>
  new Promise((resolve, reject) => begin((error, value) => error === null ? resolve(value) : reject(error)))

export const openStrongSoap: OpenCaller = async (url) => {
  const client = await settled<Client>((done) => soap.createClient(`${url}?wsdl`, {}, done))
  const input = {
    statusRequest: {
      $attributes: { version: "1.3" },
      merchant: { $attributes: account },
      paymentOrderKey: orderKey
    }
  }
  return {
    ask: async () => {
      const reply = await settled<Reply>((done) => client.status(input, done))
      return Number(reply.statusSuccess.report.approximateTotals.totalCaptured)
    },
    close: () => Promise.resolve()
  }
}

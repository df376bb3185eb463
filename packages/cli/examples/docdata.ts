/**
 * The service inside a program of your own: put together once, mounted by one of the files beside this one.
 */
import { defaultPolicy } from "@docdata/domain"
import { createHandler, layerWebhooks } from "@docdata/http"
import { layerMerchants, layerProcessWork } from "@docdata/memory"
import { SoapGateway } from "@docdata/soap/gateway"
import { layerSqlite } from "@docdata/sql/sqlite"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"

const { API_KEY_HASH = "", DOCDATA_LOGIN = "", DOCDATA_PASSWORD = "", DOCDATA_URL, ORDERS_FILE = "orders.sqlite" } =
  process.env

export const docdata = await createHandler({
  settings: {
    publicOrigin: "https://pay.shop.example",
    defaultMerchant: "shop",
    destinations: {
      success: "https://shop.example/thanks?order={shopReference}",
      pending: "https://shop.example/pending?order={shopReference}",
      cancelled: "https://shop.example/cancelled?order={shopReference}",
      failed: "https://shop.example/failed?order={shopReference}",
      paidTooLate: "https://shop.example/call-us?order={shopReference}"
    }
  },
  // `docdata serve --new-key` makes a key and its hash.
  keys: [{ id: "shop", hash: API_KEY_HASH, merchants: ["shop"], scope: "operate" }],
  ports: Layer.mergeAll(
    Layer.provideMerge(layerWebhooks({ endpoints: [] }), layerSqlite({ file: ORDERS_FILE })),
    SoapGateway.layer(DOCDATA_URL === undefined ? {} : { endpoints: { test: DOCDATA_URL } }),
    layerMerchants([{
      name: "shop",
      active: true,
      credentials: { environment: "test", merchantName: DOCDATA_LOGIN, password: Redacted.make(DOCDATA_PASSWORD) },
      policy: defaultPolicy,
      profile: "standard",
      daysToPay: 7,
      refreshesPerMinute: 60
    }]),
    layerProcessWork
  )
})

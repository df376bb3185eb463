/**
 * The service inside a program of your own: opened once, mounted by one of the files beside this one.
 */
import { open } from "@docdata/service"

const {
  API_KEY_HASH = "",
  DOCDATA_LOGIN = "",
  DOCDATA_PASSWORD = "",
  DOCDATA_URL = "",
  ORDERS_FILE = "orders.sqlite"
} = process.env

export const docdata = await open({
  publicOrigin: "https://pay.shop.example",
  sqliteFile: ORDERS_FILE,
  merchants: { shop: { login: DOCDATA_LOGIN, password: DOCDATA_PASSWORD } },
  // `docdata serve --new-key` makes a key and its hash.
  apiKeys: { shop: { hash: API_KEY_HASH, scope: "operate", merchants: ["shop"] } },
  successUrl: "https://shop.example/thanks?order={shopReference}",
  pendingUrl: "https://shop.example/pending?order={shopReference}",
  cancelledUrl: "https://shop.example/cancelled?order={shopReference}",
  failedUrl: "https://shop.example/failed?order={shopReference}",
  paidTooLateUrl: "https://shop.example/call-us?order={shopReference}",
  // Docdata's own unless given.
  testEndpoint: DOCDATA_URL
})

/**
 * Settings files of tests.
 */
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A file with the text, in a folder of its own. */
export const fileWith = (text: string | Uint8Array, name = "settings.json"): string => {
  const path = join(mkdtempSync(join(tmpdir(), "docdata-service-")), name)
  writeFileSync(path, text)
  return path
}

/** As many settings as a service needs. */
export const neededSettings = {
  publicOrigin: "https://pay.shop.example",
  successUrl: "https://shop.example/thanks?order={shopReference}",
  pendingUrl: "https://shop.example/pending?order={shopReference}",
  cancelledUrl: "https://shop.example/cancelled?order={shopReference}",
  failedUrl: "https://shop.example/failed?order={shopReference}",
  paidTooLateUrl: "https://shop.example/late?order={shopReference}",
  merchants: { shop: { login: "shop_login", password: "very-hush-hush" } }
}

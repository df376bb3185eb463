/**
 * Looks at addresses as they are written: whether Docdata and shoppers could reach them from outside. Nothing is called.
 */
import { isPublicAddress } from "@docdata/http"
import { isIP } from "node:net"
import type { ServicePlan } from "@docdata/service"
import { serviceSettings } from "@docdata/service/settings"
import { type Check, fail, ok, warn } from "./Check.ts"

type Addresses = Pick<ServicePlan, "accounts" | "destinations"> & { readonly publicOrigin: string }

/** Docdata notifies these only. Source: manual 1.3, section 3.12. */
const notifiedPorts: ReadonlySet<string> = new Set(["", "80", "443"])

/** True for a name or address that means another machine to everybody else, or none. */
const isLocal = (hostname: string): boolean => {
  const bare = hostname.replace(/^\[|\]$/g, "")
  return isIP(bare) === 0
    ? !bare.includes(".") || /\.(local|internal|lan|test|localhost)$/.test(bare)
    : !isPublicAddress(bare)
}

const originCheck = ({ accounts, publicOrigin }: Addresses): Check => {
  const { key } = serviceSettings.publicOrigin
  const url = new URL(publicOrigin)
  const isLive = accounts.some(({ credentials }) => credentials.environment === "live")
  const serious = isLive ? fail : warn
  const next = `set ${key} to the address under which the internet reaches the service`
  if (isLocal(url.hostname)) return serious("public address", `${publicOrigin} cannot be reached from outside`, next)
  if (url.protocol === "http:") {
    return serious(
      "public address",
      `${publicOrigin} is not encrypted`,
      `put TLS in front of it, and write https in ${key}`
    )
  }
  if (!notifiedPorts.has(url.port)) {
    return serious("public address", `Docdata notifies ports 80 and 443, not ${url.port}`, next)
  }
  return ok("public address", publicOrigin)
}

const updateUrls = ({ accounts, publicOrigin }: Addresses): ReadonlyArray<Check> =>
  accounts.map(({ name }) =>
    ok(`update URL of ${name}`, `${publicOrigin}/docdata/notifications?merchant=${name}&order_id=`)
  )

const pages = ({ destinations }: Addresses): Check => {
  const open = Object.entries(destinations).filter(([, address]) => !address.startsWith("https:"))
  return open.length === 0
    ? ok("pages of the shop", "all are https")
    : warn("pages of the shop", `not https: ${open.map(([outcome]) => outcome).join(", ")}`, "use https addresses")
}

export const checkAddresses = (addresses: Addresses): ReadonlyArray<Check> => [
  originCheck(addresses),
  ...updateUrls(addresses),
  pages(addresses)
]

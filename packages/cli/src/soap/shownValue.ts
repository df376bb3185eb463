/**
 * The value of a reply as plain data, with masks in place of what identifies a person or opens a door.
 */
import { cleanMessage } from "@docdata/soap"
import * as Redacted from "effect/Redacted"
import { mask } from "./maskSecrets.ts"

// Free text of acquirers and banks, in which anything may stand.
const freeText: ReadonlySet<string> = new Set(["reason", "enquiryReason", "refusalReason", "message"])
// A shopper's mandate, and addresses with which a payment can be taken over.
const personal: ReadonlySet<string> = new Set(["mandates.id", "mobile.qrCodeUrl", "mobile.intentUrl"])

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null

const shown = (value: unknown, parent: string, name: string): unknown => {
  if (Redacted.isRedacted(value) || personal.has(`${parent}.${name}`)) return mask
  if (typeof value === "string") return freeText.has(name) ? cleanMessage(value) : value
  if (Array.isArray(value)) return value.map((each) => shown(each, parent, name))
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shown(each, name, key)]))
    : value
}

const revealed = (value: unknown): unknown => {
  if (Redacted.isRedacted(value)) return Redacted.value(value)
  if (Array.isArray(value)) return value.map(revealed)
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, revealed(each)]))
    : value
}

export const shownValue = (value: unknown, showSecrets: boolean): unknown =>
  showSecrets ? revealed(value) : shown(value, "", "")

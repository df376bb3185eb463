/** What was asked and answered, for people and tests. Passwords, tokens, card and account numbers are masked. */
import type { OperationName } from "../contract/Contract.ts"
import type { FaultEffect } from "../faults/Fault.ts"
import { logEntriesMax, logTextMax } from "../limits.ts"
import { present } from "../present.ts"
import type { XmlElement } from "../xml/XmlElement.ts"
import { printXml } from "../xml/XmlElement.ts"

export interface RequestLogEntry {
  readonly number: number
  readonly atMs: number
  /** Absent if the request was no operation. */
  readonly operation?: OperationName
  /** The operation took effect. At most one entry of a non-idempotent operation should say so. */
  readonly executed: boolean
  readonly outcome: "success" | "errors" | "fault" | "not-read"
  readonly errors?: ReadonlyArray<{ readonly code: string; readonly text: string }>
  readonly fault?: FaultEffect["kind"]
  /** Which rule of the contract was broken, more exactly than the reply says. */
  readonly violation?: { readonly path: string; readonly detail?: string }
  /** The request as it was understood, masked. */
  readonly request?: string
  /** The reply before any fault cut it, masked by the same rules. */
  readonly reply?: string
}

const secretAttributes: ReadonlySet<string> = new Set(["password", "token", "idsShopperKey"])
const secretElements: ReadonlySet<string> = new Set([
  "cardNumber",
  "securityCode",
  "encryptedData",
  "cardHolderName",
  "PARes",
  "iban",
  "bic",
  "accountNumber",
  "bankAccountNumber",
  "holderName",
  "mandateNumber",
  "olpCtx",
  "hash",
  "MD",
  "Token",
  "PayerId"
])
// People are no secrets of the protocol, but a log has no business with them.
const personal: ReadonlySet<string> = new Set([
  "first",
  "last",
  "middle",
  "initials",
  "email",
  "emailAddress",
  "phoneNumber",
  "mobilePhoneNumber",
  "ipAddress",
  "shopperIp",
  "dateOfBirth",
  "street",
  "houseNumber",
  "houseNumberAddition",
  "careOf",
  "postalCode",
  "city"
])
const mask = "***"

// Methods and articles have names as well, which may be shown.
const isBuyersName = ({ name }: XmlElement, parent: string): boolean => name === "name" && parent === "company"

/** Keys of tokens, and the shop's own number of a person. */
const isMaskedAttribute = (element: string, attribute: string): boolean =>
  secretAttributes.has(attribute) || (element === "token" && attribute === "key") ||
  ((element === "shopper" || element === "company") && attribute === "id")

const isMasked = (element: XmlElement, parent: string): boolean =>
  secretElements.has(element.name) || personal.has(element.name) || isBuyersName(element, parent)

/** The element with everything secret or personal replaced by three stars. */
const masked = (element: XmlElement, parent = ""): XmlElement => ({
  ...element,
  attributes: new Map(
    [...element.attributes].map(([key, value]) => [
      key,
      isMaskedAttribute(element.name, key) ? mask : value
    ])
  ),
  text: element.text !== "" && isMasked(element, parent) ? mask : element.text,
  children: element.children.map((child) => masked(child, element.name))
})

/** Schema errors repeat the value they complain about, quotes and all; in a log it is cut out. */
export const maskedText = (text: string): string => text.replace(/The value '.*' of /s, `The value '${mask}' of `)

/** What is masked at once and printed only when somebody looks. */
interface Messages {
  readonly request?: XmlElement
  readonly reply?: XmlElement
}

type Kept = Omit<RequestLogEntry, "request" | "reply"> & { readonly messages: Messages }

const logText = (element: XmlElement | undefined): string | undefined =>
  element === undefined ? undefined : printXml(element).slice(0, logTextMax)

export class RequestLog {
  private readonly kept: Array<Kept> = []
  private count = 0

  add(entry: Omit<RequestLogEntry, "number" | "request" | "reply">, messages: Messages = {}): void {
    this.count += 1
    const { reply, request } = messages
    this.kept.push({
      number: this.count,
      ...entry,
      messages: present({ request: request && masked(request), reply: reply && masked(reply) })
    })
    if (this.kept.length > logEntriesMax) this.kept.shift()
  }

  /** The newest entries, oldest first. */
  all(): ReadonlyArray<RequestLogEntry> {
    return this.kept.map(({ messages, ...entry }) =>
      Object.assign(entry, present({ request: logText(messages.request), reply: logText(messages.reply) }))
    )
  }
}

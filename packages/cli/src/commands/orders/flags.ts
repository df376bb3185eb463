/**
 * Flags that commands on orders share.
 */
import { statusChoices } from "../../choices.ts"
import type { Flag } from "../../Command.ts"
import { settingsFlag } from "../../settings/settingsFlag.ts"

/** Whose REST API a command speaks to: that of a service, or of one in this process on the stores of the settings. */
export const connectionFlags: ReadonlyArray<Flag> = [
  settingsFlag,
  { name: "url", value: "URL", words: "a service that runs, with the key in DOCDATA_API_KEY, instead of settings" }
]

/** The same, and whose orders. */
export const storeFlags: ReadonlyArray<Flag> = [
  { name: "merchant", value: "NAME", words: "only orders of this account" },
  ...connectionFlags
]

export const statusFlag: Flag = {
  name: "status",
  value: "S",
  oneOf: statusChoices,
  words: `only orders with this status: ${statusChoices.join(", ")}`
}

export const fromFlag: Flag = { name: "from", value: "WHEN", words: "created at this instant or day (UTC) or later" }

export const toFlag: Flag = { name: "to", value: "WHEN", words: "created before this instant or day (UTC)" }

/** `schema` is what to type after `docdata schema`. */
export const jsonFlag = (schema: string, lines = false): Flag => ({
  name: "json",
  words: `${lines ? "a JSON object per line" : "one JSON object"}; its schema: docdata schema ${schema}`
})

export const yesFlag: Flag = { name: "yes", words: "do it without asking; needed where nobody sits at a terminal" }

export const dryRunFlag: Flag = { name: "dry-run", words: "ask Docdata and show what would change; store nothing" }

export const showSecretsFlag: Flag = { name: "show-secrets", words: "show the shopper's redirect instead of ***" }

/** What a capture and a refund take. */
export const moneyFlags: ReadonlyArray<Flag> = [
  { name: "payment", value: "ID", words: "the payment; may be left out if the order has only one" },
  { name: "amount", value: "12.34", words: "in major units, in the payment's currency; all that is left if absent" },
  { name: "reference", value: "TEXT", words: "your own, at most 35 characters, unique per order; needed" },
  { name: "description", value: "TEXT", words: "for the statement, at most 250 characters" },
  { name: "not-before", value: "DAY", words: "not before this day: 2026-01-31" }
]

/** What the help says of the operand ORDER. */
export const orderNotes = [
  "ORDER is an order's id, Docdata's key, the reference it was created with, or the",
  "shop's number; several orders for one number are told apart by their ids,",
  "and --merchant says whose, if that is not clear."
].join("\n")

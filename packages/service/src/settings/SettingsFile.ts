/**
 * The settings file: one JSON object. Names are those of the environment in camel case, without `DOCDATA_`; accounts
 * and API keys have rooms of their own, by name:
 *
 * ```json
 * {
 *   "publicOrigin": "https://pay.shop.example",
 *   "merchants": { "shop": { "login": "shop_login", "password": "...", "daysToPay": 14 } },
 *   "apiKeys": { "shop": { "hash": "...", "scope": "operate", "merchants": ["shop"] } }
 * }
 * ```
 */
import { apiKeyScopes } from "@docdata/contract"
import { type ApiKey, isApiKeyHash } from "@docdata/http"
import * as Result from "effect/Result"
import { problemLine } from "../input/InputViolation.ts"
import { syntaxViolation } from "../input/jsonSyntaxViolation.ts"
import { printable } from "../text/printable.ts"
import { accountName, accountSettings } from "./accountSettings.ts"
import { meantHint } from "../text/meantHint.ts"
import { renamedFields } from "./renamedSettings.ts"
import { serviceSettings } from "./serviceSettings.ts"
import { nameInFile } from "./Setting.ts"

/** An API key, and when it was made, if the file tells. */
export interface NamedKey extends ApiKey {
  readonly created?: string
}

/** What the file says, under the names of the environment. */
export interface SettingsFile {
  /** How the file is called in messages. */
  readonly source: string
  readonly values: Readonly<Record<string, string>>
  readonly accounts: ReadonlyArray<string>
  readonly apiKeys: ReadonlyArray<NamedKey>
  /** Names that are no longer the ones to use: a line each. */
  readonly hints: ReadonlyArray<string>
  /** What was not understood: a line each, without values. */
  readonly problems: ReadonlyArray<string>
}

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>

/** The room of the accounts, and that of the API keys. */
export const sections = { merchants: "merchants", apiKeys: "apiKeys" } as const

/** How the names of API keys look. */
export const apiKeyName = /^[A-Za-z0-9_-]{1,50}$/

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const isTexts = (value: unknown): value is ReadonlyArray<string> =>
  Array.isArray(value) && value.every((item) => typeof item === "string")

// As the environment would have it: lists are their items with commas between them.
const textOf = (value: unknown): string | undefined => {
  if (typeof value === "string") return value
  if (typeof value === "number" || typeof value === "boolean") return String(value)
  return isTexts(value) ? value.join(",") : undefined
}

/** Names in the file of some settings, with their environment variables. */
const variablesOf = (settings: Readonly<Record<string, { readonly key: string }>>, prefix: string) =>
  new Map(Object.values(settings).map(({ key }) => [nameInFile(key, prefix), key]))

const serviceVariables = variablesOf(serviceSettings, "")

class Reading {
  readonly values: Record<string, string> = {}
  readonly accounts: Array<string> = []
  readonly apiKeys: Array<NamedKey> = []
  readonly hints: Array<string> = []
  readonly problems: Array<string> = []

  note(path: string, sentence: string): void {
    this.problems.push(`${printable(path)}: ${sentence}`)
  }

  /** Reads an object whose fields are settings. */
  fields(object: JsonObject, variables: ReadonlyMap<string, string>, at: string): void {
    for (const [name, value] of Object.entries(object)) {
      // In options of a program: the same as not given.
      if (value === undefined) continue
      const variable = variables.get(name)
      const text = textOf(value)
      if (variable === undefined) {
        this.note(`${at}${name}`, `there is no such setting${meantHint(name, variables.keys())}`)
      } else if (text === undefined) {
        this.note(`${at}${name}`, "a text, a number, true, false or a list of texts is expected")
      } else this.values[variable] = text
    }
  }

  account(name: string, fields: unknown): void {
    const at = `${sections.merchants}.${name}`
    if (!accountName.test(name)) this.note(at, "the name of an account is small letters, digits and _")
    else if (!isObject(fields)) this.note(at, "an object is expected")
    else {
      this.accounts.push(name)
      const present = renamedFields(fields)
      this.hints.push(...present.hints.map((hint) => `${printable(at)}.${hint}`))
      this.fields(present.fields, variablesOf(accountSettings(name), name), `${at}.`)
    }
  }

  apiKey(name: string, fields: unknown): void {
    const at = `${sections.apiKeys}.${name}`
    if (!apiKeyName.test(name)) return this.note(at, "the name of a key is letters, digits, - and _")
    if (!isObject(fields)) return this.note(at, "an object is expected")
    const { created, hash, merchants = "all", scope, ...others } = fields
    const knownScope = apiKeyScopes.find((one) => one === scope)
    for (const other of Object.keys(others)) this.note(`${at}.${other}`, "there is no such setting")
    if (typeof hash !== "string" || !isApiKeyHash(hash)) {
      return this.note(`${at}.hash`, "it is not the hash of a key; docdata keys create makes one")
    }
    if (knownScope === undefined) return this.note(`${at}.scope`, `it is none of ${apiKeyScopes.join(", ")}`)
    if (merchants !== "all" && !isTexts(merchants)) return this.note(`${at}.merchants`, "a list of texts is expected")
    if (created !== undefined && typeof created !== "string") return this.note(`${at}.created`, "a text is expected")
    this.apiKeys.push({ id: name, hash, scope: knownScope, merchants, ...(created === undefined ? {} : { created }) })
  }

  section(section: keyof typeof sections, content: unknown): void {
    if (!isObject(content)) return this.note(section, "an object is expected")
    for (const [name, fields] of Object.entries(content)) {
      if (section === "merchants") this.account(name, fields)
      else this.apiKey(name, fields)
    }
  }
}

/** Reads an object of settings; what is wrong in it stands in the `problems`. */
export const readSettingsObject = (source: string, object: JsonObject): SettingsFile => {
  const reading = new Reading()
  const { apiKeys, merchants, ...others } = object
  reading.fields(others, serviceVariables, "")
  if (merchants !== undefined) reading.section(sections.merchants, merchants)
  if (apiKeys !== undefined) reading.section(sections.apiKeys, apiKeys)
  return {
    source,
    values: reading.values,
    accounts: reading.accounts,
    apiKeys: reading.apiKeys,
    hints: reading.hints.map((hint) => `${source}: ${hint}`),
    problems: reading.problems.map((problem) => `${source}: ${problem}`)
  }
}

/** The object in the text of a settings file, or a line that says why there is none. */
export const parseSettingsObject = (source: string, text: string): Result.Result<JsonObject, string> => {
  // Editors of Windows begin a file of UTF-8 with a byte order mark.
  const json = text.replace(/^\uFEFF/, "")
  let document: unknown
  try {
    document = JSON.parse(json)
  } catch {
    return Result.fail(problemLine({ source, ...syntaxViolation(json) }))
  }
  return isObject(document)
    ? Result.succeed(document)
    : Result.fail(problemLine({ source, sentence: "an object is expected" }))
}

/** Reads the text of a settings file. Fails, with a line, only if it is no JSON object. */
export const parseSettingsFile = (source: string, text: string): Result.Result<SettingsFile, string> =>
  Result.map(parseSettingsObject(source, text), (object) => readSettingsObject(source, object))

/**
 * What values of settings have to be: text, addresses, whole numbers, choices, lists, and what covers an order.
 */
import { Amount, type CoverPolicy, type CoverRule, directMethods, type PaidWhen, paidWhens } from "@docdata/domain"
import { isNetwork } from "@docdata/http"
import * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type { Kind } from "./Setting.ts"

/** A text that has to be something. */
export const sound = (words: string, isSound: (value: string) => boolean): Kind<string> => ({
  words,
  of: (key) => Config.schema(Schema.String.check(Schema.makeFilter(isSound)), key)
})

// A blank one comes of an empty variable between quotes, a line break of a file that was read whole.
const isText = (value: string): boolean => value.trim() !== "" && !/\p{Cc}/u.test(value)

export const text = (words: string): Kind<string> => sound(words, isText)

// What is wrong is said by the setting's words; a message of the library would quote the value.
const unreadable = new Config.ConfigError(new ConfigProvider.SourceError({ message: "not understood" }))

export const secret = (words: string): Kind<Redacted.Redacted> => ({
  words,
  of: (key) =>
    Config.mapEffect(
      Config.Redacted(key),
      (value) => isText(Redacted.value(value)) ? Effect.succeed(value) : Effect.fail(unreadable)
    )
})

const parsedWeb = (value: string): URL | undefined => {
  const url = URL.parse(value)
  return url !== null && /^https?:$/.test(url.protocol) ? url : undefined
}

export const webAddress = (words: string): Kind<string> => sound(words, (value) => parsedWeb(value) !== undefined)

const loopbackHosts: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"])

/** Where passwords go: encrypted, or not further than this machine. */
export const docdataAddress = sound("an https address, or http on this machine", (value) => {
  const url = parsedWeb(value)
  if (url === undefined || url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    return false
  }
  return url.protocol === "https:" || loopbackHosts.has(url.hostname)
})

/** Scheme, host and port, and nothing behind them. */
export const webOrigin = (words: string): Kind<string> => sound(words, (value) => parsedWeb(value)?.origin === value)

/** A whole number in a range, both ends included. */
export const whole = (unit: string, minimum: number, maximum: number): Kind<number> => ({
  words: `${unit} from ${minimum} to ${maximum}`,
  of: (key) => Config.schema(Schema.NumberFromString.check(Schema.isInt(), Schema.isBetween({ minimum, maximum })), key)
})

export const choice = <const Choices extends ReadonlyArray<string>>(choices: Choices): Kind<Choices[number]> => ({
  words: `${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}`,
  of: (key) => Config.Literals(choices, key)
})

const isTrue = { true: true, false: false } as const

export const yesOrNo: Kind<boolean> = {
  words: "true or false",
  of: (key) => Config.map(Config.Literals(["true", "false"], key), (word) => isTrue[word])
}

const items = (list: string): ReadonlyArray<string> => list.split(",").map((item) => item.trim())

/** Texts separated by commas. */
export const list = (words: string): Kind<ReadonlyArray<string>> => ({
  words,
  of: (key) => Config.map(Config.NonEmptyString(key), items)
})

/** Addresses and networks separated by commas. */
export const networks: Kind<ReadonlyArray<string>> = {
  words: "addresses or networks such as 10.0.0.0/8, separated by commas",
  of: (key) =>
    Config.mapEffect(
      Config.NonEmptyString(key),
      (joined) => items(joined).every(isNetwork) ? Effect.succeed(items(joined)) : Effect.fail(unreadable)
    )
}

/** Secrets separated by commas. */
export const secrets = (words: string): Kind<ReadonlyArray<Redacted.Redacted>> => ({
  words,
  of: (key) =>
    Config.map(Config.Redacted(key), (joined) => items(Redacted.value(joined)).map((item) => Redacted.make(item)))
})

/** A value made of a text by `parse`, which answers nothing if it cannot. */
const parsed = <A>(words: string, parse: (text: string) => A | undefined): Kind<A> => ({
  words,
  of: (key) =>
    Config.mapEffect(Config.NonEmptyString(key), (text) => {
      const value = parse(text)
      return value === undefined ? Effect.fail(unreadable) : Effect.succeed(value)
    })
})

const isPaidWhen = (word: string): word is PaidWhen => (paidWhens as ReadonlyArray<string>).includes(word)

const coverRule = /^([A-Z0-9_]+|direct|\*)(?:\/([A-Z]{3}))? *= *([a-z-]+)$/

const rulesOf = (item: string): ReadonlyArray<CoverRule> | undefined => {
  const [, method = "", currency, when = ""] = coverRule.exec(item) ?? []
  if (!isPaidWhen(when)) return undefined
  const methods = method === "direct" ? directMethods : [method]
  const rule: CoverRule = { when, ...(currency === undefined ? {} : { currency }) }
  return method === "*" ? [rule] : methods.map((paymentMethod) => Object.assign({ paymentMethod }, rule))
}

const coverOf = (text: string): CoverPolicy | undefined => {
  const [first = "", ...others] = items(text)
  const rules = others.map(rulesOf)
  if (!isPaidWhen(first) || rules.includes(undefined)) return undefined
  return { default: first, rules: rules.flatMap((some) => some ?? []) }
}

/** What covers an order: `captured, direct=approved, BANK_TRANSFER/EUR=promised`. */
export const cover = parsed(
  `${paidWhens.join(", ")}, and then if wanted METHOD=..., METHOD/CURRENCY=... or */CURRENCY=..., separated by commas`,
  coverOf
)

/** The word for an empty list, as an empty text counts as not set. */
const none = "none"

const marginsOf = (text: string): Readonly<Record<string, number>> | undefined => {
  if (text === none) return {}
  const margins = items(text).map((item) => {
    const [currency = "", major = ""] = item.split("=").map((part) => part.trim())
    const amount = Amount.fromMajor(major, currency, "exact")
    return Amount.isRefused(amount) || amount.minor < 0 ? undefined : [currency, amount.minor] as const
  })
  const sound = margins.filter((margin) => margin !== undefined)
  return sound.length < margins.length ? undefined : Object.fromEntries(sound)
}

/** Amounts in major units per currency: `EUR=1.00, USD=1.60`. Minor units inside. */
export const margins = parsed(`CURRENCY=AMOUNT, separated by commas, or ${none}`, marginsOf)

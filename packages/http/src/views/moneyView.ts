/**
 * Amounts and times as the API tells them.
 */
import type { Money } from "@docdata/contract"

/** ISO 4217 for "no currency": imported payments and old remarks do not always say theirs. */
const noCurrency = "XXX"

/** An amount with its currency. */
export const moneyView = (minor: number, currency: string = noCurrency): typeof Money.Type => ({ minor, currency })

/** Every field of a record of amounts. */
export const moneyViews = <Name extends string>(
  amounts: Readonly<Record<Name, number>>,
  names: ReadonlyArray<Name>,
  currency: string | undefined
): Readonly<Record<Name, typeof Money.Type>> => {
  const views = names.map((name) => [name, moneyView(amounts[name], currency)] as const)
  return Object.fromEntries(views) as Record<Name, typeof Money.Type>
}

/** A moment in UTC with milliseconds. */
export const instantView = (ms: number): string => new Date(ms).toISOString()

/** A field with a moment, or no field. */
export const instantField = <Name extends string>(
  name: Name,
  ms: number | undefined
): { readonly [N in Name]?: string } =>
  ms === undefined ? {} : { [name]: instantView(ms) } as { readonly [N in Name]?: string }

/**
 * Makes an order fit that Docdata would refuse for a text that decides nothing: prose is shortened, what may be absent and
 * does not fit is left out, and the empty text of a field that may be absent is no text. Whatever identifies somebody or moves
 * money stays as it is, to be refused.
 */
import type { CreateOrderInput } from "../ports/index.ts"
import type { Check } from "./Check.ts"
import { orderChecks } from "./requestProblems.ts"

/** A text of an order that was changed. */
export interface Adjustment {
  /** In the caller's terms: `billTo.address.city`. */
  readonly path: string
  readonly from: string
  /** Absent if the text was left out. */
  readonly to?: string
}

// A cut between the halves of a surrogate pair would leave a character that XML does not have.
const cut = (text: string, length: number): string => text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "").trimEnd()

const adjustmentOf = ({ isOptional, path, rule, value }: Check): Adjustment | undefined => {
  if (typeof value !== "string") return undefined
  if (isOptional === true && (value === "" || rule.mayLeaveOut?.(value) === true)) return { path, from: value }
  if (rule.cutAt === undefined || value.length <= rule.cutAt) return undefined
  const to = cut(value, rule.cutAt)
  return rule.write(to) === undefined ? undefined : { path, from: value, to }
}

// An order is plain data. What the caller has in two places is two things here: each place has a limit of its own.
const copyOf = (value: unknown): unknown => {
  if (typeof value !== "object" || value === null) return value
  return Array.isArray(value)
    ? value.map(copyOf)
    : Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, copyOf(inner)]))
}

const put = (source: object, { path, to }: Adjustment): void => {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== "")
  const last = steps.pop()!
  const parent = steps.reduce((part, step) => Reflect.get(part, step) as object, source)
  if (to === undefined) Reflect.deleteProperty(parent, last)
  else Reflect.set(parent, last, to)
}

/** The order that fits better, and what was changed; an empty text that is left out changes nothing. */
export const adjustOrder = (
  given: CreateOrderInput
): { readonly input: CreateOrderInput; readonly adjusted: ReadonlyArray<Adjustment> } => {
  const all = orderChecks(given).flatMap((check) => adjustmentOf(check) ?? [])
  if (all.length === 0) return { input: given, adjusted: [] }
  const input = copyOf(given) as CreateOrderInput
  for (const one of all) put(input, one)
  return { input, adjusted: all.filter(({ from }) => from !== "") }
}

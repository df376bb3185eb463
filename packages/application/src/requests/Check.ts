/**
 * A field of a request, the rule it has to keep, and the value found there.
 */
import type { Rule } from "./Rule.ts"

export interface Check {
  /** In the caller's terms: `buyer.name.first`, `invoice.lines[2].quantity`. */
  readonly path: string
  readonly rule: Rule
  readonly value: unknown
  /** The field may be absent. */
  readonly isOptional?: true
}

type Rules<T> = { readonly [Field in keyof T]?: Rule }

const pathOf = (path: string, field: string): string => path === "" ? field : `${path}.${field}`

/** Fields that have to be there. */
export const needed = <T extends object>(path: string, source: T, rules: Rules<T>): ReadonlyArray<Check> =>
  Object.entries<Rule | undefined>(rules).flatMap(([field, rule]) =>
    rule === undefined ? [] : [{ path: pathOf(path, field), rule, value: source[field as keyof T] }]
  )

/** Fields that may be absent, of a part that may be absent itself. */
export const optional = <T extends object>(
  path: string,
  source: T | undefined,
  rules: Rules<NoInfer<T>>
): ReadonlyArray<Check> =>
  source === undefined
    ? []
    : needed(path, source, rules)
      .filter(({ value }) => value !== undefined)
      .map((check) => Object.assign(check, { isOptional: true } as const))

/** The checks of every member of a list. */
export const each = <T>(
  path: string,
  members: ReadonlyArray<T>,
  checks: (path: string, member: T) => ReadonlyArray<Check>
): ReadonlyArray<Check> => members.flatMap((member, index) => checks(`${path}[${index}]`, member))

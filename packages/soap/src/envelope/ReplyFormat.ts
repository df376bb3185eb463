/**
 * How to recognise and decode the reply to one operation.
 */
import { displayText } from "../displayText.ts"
import { leaf, many, optional, parent, type Shape } from "../shape/Shape.ts"
import { errorTextLengthMax, type ReplyError, statusLengthMax } from "./Reply.ts"

export interface ReplyFormat<out A> {
  /** The response elements that carry this answer, usually one. */
  readonly roots: ReadonlyArray<string>
  /** True where the strict pass decodes too; the others are read after it by fast-xml-parser. */
  readonly inOnePass: boolean
  readonly response: Shape<Verdict<A>>
}

/** What a response element says: exactly one of the two. */
export interface Verdict<out A> {
  readonly success?: { readonly value: A }
  readonly errors: ReadonlyArray<ReplyError>
  /** The schema version the server runs, as it is to be shown. */
  readonly version?: string
}

const errorList = parent({
  error: many(leaf((text, { attributes }): ReplyError => ({
    code: displayText(attributes.get("code") ?? "", statusLengthMax),
    text: displayText(text, errorTextLengthMax)
  })))
}, ({ error }) => error)

/**
 * The format of a reply whose elements begin with this word: `statusResponse`, which has `statusSuccess`,
 * `statusErrors`, or, before 1.3 and in the manual, `statusError`.
 */
export const replyFormat = <A>(
  word: string,
  success: Shape<A>,
  { roots = [`${word}Response`], inOnePass = false }: Partial<Pick<ReplyFormat<A>, "roots" | "inOnePass">> = {}
): ReplyFormat<A> => {
  const [success_, errors, error] = [`${word}Success`, `${word}Errors`, `${word}Error`] as const
  return {
    roots,
    inOnePass,
    response: parent(
      { [success_]: optional(success), [errors]: many(errorList), [error]: many(errorList) },
      (children, site): Verdict<A> => {
        const found = children as Readonly<Record<string, unknown>>
        const lists = [errors, error].flatMap((name) => found[name] as ReadonlyArray<ReadonlyArray<ReplyError>>)
        const verdict = {
          errors: lists.flat(),
          ...(success_ in found ? { success: { value: found[success_] as A } } : {})
        }
        if ((verdict.success === undefined) === (verdict.errors.length === 0)) site.note("no-verdict")
        const version = site.attributes.get("ddpXsdVersion")
        return version === undefined ? verdict : { ...verdict, version: displayText(version, statusLengthMax) }
      }
    )
  }
}

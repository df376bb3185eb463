/**
 * The page of the exit codes.
 */
import { section } from "./helpText.ts"
import { wrap } from "./text/wrap.ts"

const exitCodeTexts = [
  "the command did what was asked",
  "the command failed",
  "the command line, its input or the settings are wrong: nothing was done",
  "Docdata answered with an error reply or a SOAP fault",
  "there is no such thing, or it is not possible now: nothing was done",
  "nobody answered, and nothing was done: repeating is safe",
  "it may have been done: refresh the order before repeating",
  "some of several failed, and standard error says which; the others are done"
]

/** `docdata help exit-codes`. */
export const exitCodesPage = (columns: number): string =>
  [
    ...wrap("How commands end. Errors of the REST API name the same code in their catalogue.", columns),
    "",
    ...section("Exit codes", exitCodeTexts.map((text, code) => [String(code), text]), columns),
    ""
  ].join("\n")

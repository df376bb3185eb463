/**
 * A case that does not hold, said in words.
 */
import { AssertionError } from "node:assert/strict"
import { inspect } from "node:util"

const shown = (value: unknown): string => inspect(value, { depth: 6, breakLength: 100 })

/** What an assertion expected and found; its own words first, where it has some. */
const compared = ({ actual, expected, generatedMessage, message, operator }: AssertionError): string => {
  // Node appends what it compared to the words that it was given.
  const [given = ""] = message.split("\n")
  const words = generatedMessage ? "" : `${given}: `
  switch (operator) {
    case "strictEqual":
    case "deepStrictEqual":
      return `${words}expected ${shown(expected)}, found ${shown(actual)}`
    case "notStrictEqual":
      return `${words}expected anything but ${shown(expected)}`
    default:
      return generatedMessage && operator === "==" ? `expected that this holds: ${message.split("\n").at(-1)}` : message
  }
}

const inWords = (found: unknown): string => {
  if (found instanceof AssertionError) return compared(found)
  if (found instanceof Error) return `expected an answer, found the failure ${found.name}: ${found.message}`
  return `expected a refusal, found the answer ${shown(found)}`
}

/** A sentence of a port that an adapter does not keep. `cause` is what the case failed with. */
export class CaseFailed extends Error {
  override readonly name = "CaseFailed"
  /** What the case is about, and the sentence it says. */
  readonly title: string
  readonly sentence: string

  constructor(title: string, sentence: string, cause: unknown) {
    super(`${title}: ${sentence}\n${inWords(cause)}`, { cause })
    this.title = title
    this.sentence = sentence
  }
}

/** Ends a case that needs an operation which the adapter says it does not offer: there is nothing to check. */
export class NotOffered extends Error {}

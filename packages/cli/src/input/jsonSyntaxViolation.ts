/**
 * Where a text stops being JSON, and what was expected there.
 *
 * `JSON.parse` names a position only in some of its messages and quotes the text in others. Texts that it accepts
 * never come here.
 */

/** `offset` counts from 0, in UTF-16 units. */
export interface JsonSyntaxViolation {
  readonly offset: number
  readonly expected: string
}

/** Deeper nesting than any order or report has; keeps hostile text from exhausting the stack. */
export const jsonDepthMax = 64

const blanks = /[ \t\r\n]*/y
const scalar = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y
// Not the end quote: where it is missing is where the text goes wrong.
const stringBody = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y

// Thrown inside this module only.
class Found extends Error {
  readonly problem: JsonSyntaxViolation
  constructor(problem: JsonSyntaxViolation) {
    super(problem.expected)
    this.problem = problem
  }
}

class Scanner {
  private offset = 0
  private readonly text: string
  constructor(text: string) {
    this.text = text
  }

  private fail(expected: string): never {
    throw new Found({ offset: this.offset, expected })
  }

  private take(pattern: RegExp): boolean {
    pattern.lastIndex = this.offset
    if (!pattern.test(this.text)) return false
    this.offset = pattern.lastIndex
    return true
  }

  private takeMark(mark: string): boolean {
    this.take(blanks)
    if (this.text[this.offset] !== mark) return false
    this.offset++
    return true
  }

  private string(what: string): void {
    this.take(blanks)
    if (!this.take(stringBody)) this.fail(`${what} in double quotes is expected`)
    if (this.text[this.offset] !== "\"") this.fail("a text is not closed, or holds a character that must be escaped")
    this.offset++
  }

  private member(depth: number): void {
    this.string("a field name")
    if (!this.takeMark(":")) this.fail("a colon is expected")
    this.value(depth)
  }

  private list(close: string, element: () => void): void {
    if (this.takeMark(close)) return
    do element()
    while (this.takeMark(","))
    if (!this.takeMark(close)) this.fail(`a comma or ${close} is expected`)
  }

  private value(depth: number): void {
    if (depth > jsonDepthMax) this.fail(`values are nested deeper than ${jsonDepthMax} levels`)
    if (this.takeMark("{")) return this.list("}", () => this.member(depth + 1))
    if (this.takeMark("[")) return this.list("]", () => this.value(depth + 1))
    this.take(blanks)
    if (this.text[this.offset] === "\"") return this.string("a text")
    if (!this.take(scalar)) this.fail("a JSON value is expected")
  }

  document(): void {
    this.value(0)
    this.take(blanks)
    if (this.offset < this.text.length) this.fail("the end of the document is expected")
  }
}

/** The first problem of a text that is no JSON. */
export const jsonSyntaxViolation = (text: string): JsonSyntaxViolation => {
  try {
    new Scanner(text).document()
  } catch (found) {
    if (found instanceof Found) return found.problem
    throw found
  }
  return { offset: 0, expected: "JSON is expected" }
}

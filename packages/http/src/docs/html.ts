/**
 * Pieces of HTML. A text becomes one only by being escaped.
 */

/** HTML that is safe to put into a page. */
export interface Html {
  readonly html: string
}

type Part = Html | string | ReadonlyArray<Html>

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\"", "&quot;")

const rendered = (part: Part): string =>
  typeof part === "string" ? escaped(part) : "html" in part ? part.html : part.map(({ html }) => html).join("")

/** A template: texts in it are escaped, pieces stay as they are, lists are joined. */
export const html = (texts: TemplateStringsArray, ...parts: ReadonlyArray<Part>): Html => ({
  html: texts.map((text, index) => index === 0 ? text : rendered(parts[index - 1]!) + text).join("")
})

/** Nothing. */
export const nothing: Html = { html: "" }

/** A sentence in which backticks mark code. */
export const prose = (text: string): Html => ({ html: escaped(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>") })

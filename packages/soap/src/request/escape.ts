/**
 * Text on its way into XML. The one place where a value becomes markup-safe.
 */

// Carriage returns are written as references because parsers read a bare one as a line feed. Quotes and the other
// white space matter in attributes only, and are harmless as references elsewhere.
const references: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "\"": "&quot;",
  "'": "&apos;",
  "\r": "&#13;"
}

const special = /[&<>"'\r]/g

/** Safe between tags and between quotes, for text without characters that XML lacks. */
export const escape = (text: string): string => text.replaceAll(special, (found) => references[found] ?? found)

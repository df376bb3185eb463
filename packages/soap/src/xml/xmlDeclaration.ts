/**
 * The XML declaration at the very start, or none.
 */
import type { XmlReason } from "../ReplyFailure.ts"

// Longer than any sensible declaration; bounds what the expressions below look at.
const declarationLengthMax = 256

const declaration =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"([^"<&]*)"|'([^'<&]*)')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([\w.-]+)"|'([\w.-]+)'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/

/**
 * The offset behind the declaration, 0 without one. Version 1.0 only; encoding UTF-8 only, in any case, since the
 * bytes were decoded as such. A blank line before it makes it no declaration and is refused further on: Docdata's
 * production WSDL was once published like that, replies never.
 */
export const xmlDeclaration = (text: string): number | { readonly reason: XmlReason; readonly at: 0 } => {
  if (!/^<\?xml[\s?]/.test(text.slice(0, 6))) return 0
  const found = declaration.exec(text.slice(0, declarationLengthMax))
  if (found === null) return { reason: "xml-declaration", at: 0 }
  const [whole, version = found[2], , encoding = found[4]] = found
  if (version !== "1.0") return { reason: "xml-version", at: 0 }
  return encoding === undefined || encoding.toLowerCase() === "utf-8" ? whole.length : { reason: "xml-encoding", at: 0 }
}

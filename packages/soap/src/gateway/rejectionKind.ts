/**
 * What Docdata's error codes mean.
 */
import type { RejectionKind } from "@docdata/application"

// Found before anything is done. The second covers unknown orders, duplicate references and refused business rules
// alike, so that what is not found cannot be told apart.
const refusalCodes: ReadonlySet<string> = new Set(["REQUEST_DATA_MISSING", "REQUEST_DATA_INCORRECT"])
const credentialsCode = "SECURITY_ERROR"

/** One code that promises nothing is enough for a reply that promises nothing. */
export const rejectionKind = (codes: ReadonlyArray<string>): RejectionKind => {
  if (codes.every((code) => refusalCodes.has(code))) return "refused"
  return codes.every((code) => refusalCodes.has(code) || code === credentialsCode) ? "credentials" : "internal"
}

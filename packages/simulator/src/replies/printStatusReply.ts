/** Prints any status report as a complete reply, so that readers can be tested with reports of their own making. */
import type { StatusReport } from "@docdata/domain"
import { element } from "../operations/Outcome.ts"
import { envelopeOf } from "./replyEnvelope.ts"
import { reportElement } from "./statusReply.ts"

/** The envelope of a successful status reply. `extended` names it as the reply of the extended status. */
export const printStatusReply = (
  report: StatusReport,
  options: { readonly version?: string; readonly extended?: boolean } = {}
): string => {
  const name = options.extended === true ? "extendedStatusResponse" : "statusResponse"
  const success = element("success", "Operation successful.", { code: "SUCCESS" })
  return envelopeOf(
    element(name, [element("statusSuccess", [success, reportElement(report)])], {
      ddpXsdVersion: options.version ?? "1.3.15"
    })
  )
}

/**
 * The Docdata Order API on the wire: hardened reading of its replies.
 */
export { displayText } from "./displayText.ts"
export {
  type ApiVersion,
  type ErrorReply,
  errorTextLengthMax,
  type Reply,
  type ReplyError,
  type ReplySuccess,
  type SoapFault
} from "./envelope/Reply.ts"
export { readExtendedStatusReply } from "./operations/extendedStatus.ts"
export { readStatusReply } from "./operations/status.ts"
export type { EnvelopeReason, FieldReason, Position, RefusalReason, ReplyRefused, XmlReason } from "./ReplyRefused.ts"
export { defaultXmlLimits, type XmlLimits } from "./xml/XmlLimits.ts"

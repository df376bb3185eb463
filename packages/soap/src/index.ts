/**
 * The Docdata Order API on the wire: requests that keep the schema, and hardened reading of replies. Pure.
 *
 * The gateway, which talks to Docdata, is in `@docdata/soap/gateway`, apart, so that who only reads or writes does not
 * load an HTTP client.
 */
export { type AnyReply, decodeAnyReply, decodeReply, readExtendedStatusReply, readStatusReply } from "./decodeReply.ts"
export { decideReply } from "./decideReply.ts"
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
export { cleanMessage } from "./redaction/cleanMessage.ts"
export { redactXml } from "./redaction/redactXml.ts"
export type {
  EnvelopeReason,
  FieldReason,
  Position,
  ReplyFailure,
  ReplyFailureReason,
  XmlReason
} from "./ReplyFailure.ts"
export { type EncodedRequest, type EncodeOptions, encodeRequest, isRefusedBeforeSending } from "./encodeRequest.ts"
export { type IntegrationInfo, ownIntegrationInfo } from "./request/integrationInfo.ts"
export { defaultXmlLimits, type XmlLimits } from "./XmlLimits.ts"

/**
 * What Docdata can answer: the success of an operation, errors, or a SOAP fault.
 */

/** The API version of the reply's namespace. */
export type ApiVersion = "1.0" | "1.1" | "1.2" | "1.3"

/** The operation was done, and this is its answer. */
export interface ReplySuccess<A> {
  readonly _tag: "Success"
  readonly value: A
  readonly apiVersion: ApiVersion
  /** The schema version the server runs. Absent on old servers and in the manual's samples. May be newer than 1.3. */
  readonly ddpXsdVersion?: string
}

/** One reason why an operation was not done. */
export interface ReplyError {
  /** REQUEST_DATA_INCORRECT, SECURITY_ERROR, ... or a code that is new to us. Empty if the server left it out. */
  readonly code: string
  /** For people; may change at any time. One line of at most {@link errorTextLengthMax} characters. */
  readonly text: string
}

/** The operation was refused. The schema allows several errors; all are kept, in the order of the reply. */
export interface ErrorReply {
  readonly _tag: "Errors"
  /** At least one. */
  readonly errors: ReadonlyArray<ReplyError>
  readonly apiVersion: ApiVersion
  readonly ddpXsdVersion?: string
}

/** The server failed. Whether the operation was done is not known. */
export interface SoapFault {
  readonly _tag: "Fault"
  /** As sent, with its prefix: `soap:Server`. */
  readonly faultcode: string
  /** One line of at most {@link errorTextLengthMax} characters. */
  readonly faultstring: string
}

/**
 * Source: Docdata XSD 1.3, the response elements (a choice of errors and success); SOAP 1.1, section 4.4.
 */
export type Reply<A> = ReplySuccess<A> | ErrorReply | SoapFault

/** Long enough for the validator messages that servers quote (some 200 characters), short enough for a log line. */
export const errorTextLengthMax = 500
/** Codes and version numbers are words; the schema gives them 35 characters. */
export const statusLengthMax = 100

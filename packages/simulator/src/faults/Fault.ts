/** What can go wrong on the wire, as data. Delays are real time, because the deadlines of clients are. */
import type { OperationName } from "../contract/Contract.ts"
import { faultDelayMsMax, oversizedBytesMax } from "../limits.ts"
import type { RequestError } from "../operations/RequestError.ts"

export type FaultEffect =
  /** The right reply, computed at once and sent late: it may be stale by then. */
  | { readonly kind: "delay"; readonly delayMs: number }
  /** The right reply, a few bytes at a time. */
  | { readonly kind: "drip"; readonly bytes?: number; readonly everyMs: number }
  /** The connection is reset before the body of the request is read. */
  | { readonly kind: "reset-before-reading" }
  /** The request is read, then the connection is reset without a byte of reply. */
  | { readonly kind: "reset-before-reply" }
  /** Headers and this many bytes of the reply, then a reset. */
  | { readonly kind: "reset-in-reply"; readonly afterBytes: number }
  /** A complete HTTP answer whose XML ends after this many bytes. */
  | { readonly kind: "truncated"; readonly afterBytes: number }
  /** A maintenance page with status 200. */
  | { readonly kind: "html" }
  /** The right reply, compressed although nobody asked for it. */
  | { readonly kind: "gzip" }
  | { readonly kind: "status"; readonly status: number; readonly body: "fault" | "html" | "empty" }
  | { readonly kind: "redirect"; readonly status: number; readonly location: string }
  /** The right reply followed by white space up to this size. */
  | { readonly kind: "oversized"; readonly sizeBytes: number }
  /** The right reply behind a document type that redefines entities. */
  | { readonly kind: "document-type" }
  /** An error reply with these codes and texts. */
  | { readonly kind: "errors"; readonly errors: ReadonlyArray<RequestError> }
  /** The acquirer says no: as an error reply of `start`, or inside a success reply. */
  | { readonly kind: "decline"; readonly as: "start-errors" | "payment-error" }

export interface Fault {
  /** Any operation if absent. */
  readonly operation?: OperationName
  /** Only requests about this order; requests about any if absent. */
  readonly orderKey?: string
  /** Only requests of this merchant; requests of any if absent. */
  readonly merchant?: string
  /** How many matching requests go well first. */
  readonly skip?: number
  /** How many matching requests it befalls. Default 1. */
  readonly times?: number
  /** Whether the operation takes effect. What the client sees is the same. */
  readonly executed: boolean
  readonly effect: FaultEffect
}

/** Why a fault makes no sense, or `undefined`. */
export const faultRefused = (fault: Fault): string | undefined => {
  const { effect, executed } = fault
  if ((fault.times ?? 1) < 1 || (fault.skip ?? 0) < 0) return "times is at least 1, skip at least 0"
  switch (effect.kind) {
    case "reset-before-reading":
    case "errors":
      return executed ? `${effect.kind} cannot have been executed` : undefined
    case "decline":
      return executed ? undefined : "a declined payment is an executed request"
    case "delay":
      return within(effect.delayMs, faultDelayMsMax) ? undefined : `delayMs is 0 to ${faultDelayMsMax}`
    case "drip":
      return within(effect.everyMs, faultDelayMsMax) && within((effect.bytes ?? 1) - 1, 65_536)
        ? undefined
        : `everyMs is 0 to ${faultDelayMsMax}, bytes at least 1`
    case "reset-in-reply":
    case "truncated":
      return within(effect.afterBytes, oversizedBytesMax) ? undefined : "afterBytes is at least 0"
    case "oversized":
      return within(effect.sizeBytes, oversizedBytesMax) ? undefined : `sizeBytes is 0 to ${oversizedBytesMax}`
    case "status":
      return effect.status >= 400 && effect.status <= 599 ? undefined : "status is 400 to 599"
    case "redirect":
      return effect.status >= 300 && effect.status <= 399 ? undefined : "status is 300 to 399"
    case "reset-before-reply":
    case "html":
    case "gzip":
    case "document-type":
      return undefined
  }
}

const within = (value: number, max: number): boolean => Number.isSafeInteger(value) && value >= 0 && value <= max

/** A named situation that an integration must come through, as data. */
import type { Fault } from "../faults/Fault.ts"
import type { NotificationFault } from "../notifications/Notification.ts"
import type { FailedStatus, ModificationStatus } from "../order/PaymentEvent.ts"

/** The ten statuses an order can have in the eyes of a shop. */
export type ExpectedStatus =
  | "new"
  | "in_progress"
  | "pending"
  | "paid"
  | "paid_refunded"
  | "cancelled"
  | "charged_back"
  | "refunded"
  | "expired"
  | "unknown"

/**
 * One step. `payment` counts the payments of the scenario from 0; without it the newest is meant. `part` is a share of
 * the order's amount, rounded to the nearest minor unit, so that a scenario fits any order.
 */
export type Step =
  | { readonly step: "choose"; readonly method: string; readonly issuer?: string; readonly part?: number }
  | { readonly step: "pay"; readonly method: string; readonly issuer?: string; readonly part?: number }
  /** Pays in another currency: what the order's amount is worth there, less `shortMinor`. */
  | { readonly step: "pay-abroad"; readonly method: string; readonly currency: string; readonly shortMinor: number }
  | {
    readonly step: "approve" | "refuse" | "cancel-payment" | "authorize" | "money-arrives" | "refuse-cancel"
    readonly payment?: number
  }
  | { readonly step: "fail"; readonly status: FailedStatus; readonly payment?: number }
  | { readonly step: "word"; readonly status: string; readonly payment?: number }
  | { readonly step: "word-capture"; readonly status: string; readonly payment?: number }
  | { readonly step: "file-capture" | "file-refund"; readonly part?: number; readonly payment?: number }
  | {
    readonly step: "capture" | "refund"
    readonly status: ModificationStatus
    readonly reason?: string
    readonly payment?: number
  }
  | { readonly step: "chargeback"; readonly part?: number; readonly reason?: string; readonly payment?: number }
  | { readonly step: "reverse"; readonly part: number; readonly payment?: number }
  /** The shop gives the order up. */
  | { readonly step: "cancel-order" }
  /** Time passes, and everything that falls due happens. */
  | { readonly step: "wait"; readonly ms: number }
  /** Extra notifications although nothing changed. */
  | { readonly step: "notify"; readonly times?: number }
  /** The shopper's browser opens a return URL of the shop. */
  | { readonly step: "visit"; readonly kind: "success" | "pending" | "canceled" | "error" }
  /** The shopper's browser is back at the very moment at which notifications go out. */
  | { readonly step: "visit-while"; readonly kind: "success" | "pending" | "canceled" | "error"; readonly ms: number }
  | { readonly step: "faults"; readonly faults: ReadonlyArray<Fault> }
  | { readonly step: "notification-faults"; readonly faults: ReadonlyArray<NotificationFault> }

export interface Scenario {
  readonly name: string
  /** One line. */
  readonly meaning: string
  /** Status of the order, by the strict rules with the default policy, after a correct integration has seen the end. */
  readonly expected: ExpectedStatus
  /** Numbers of the public defects ({@link publicDefects}) that this is a case of. */
  readonly defects?: ReadonlyArray<number>
  /**
   * What the shop itself has to do for the scenario to make sense. `cancel` means it must know that it cancelled;
   * the others are calls that the planned faults wait for.
   */
  readonly shopCalls?: "create" | "start" | "capture" | "refund" | "cancel"
  readonly order?: {
    readonly currency?: string
    readonly country?: string
    /** Put in front of the reference. */
    readonly referencePrefix?: string
    readonly voidKeepsApproved?: boolean
  }
  readonly steps: ReadonlyArray<Step>
}

export const minutes = (count: number): number => count * 60_000
export const hours = (count: number): number => count * 3_600_000
export const days = (count: number): number => count * 86_400_000

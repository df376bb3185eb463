/** What a running simulator offers to tests and tools; the control API offers the same over HTTP. */
import type { StatusReport } from "@docdata/domain"
import type { Action, ActionResult } from "./control/Action.ts"
import type { Fault } from "./faults/Fault.ts"
import type { Merchant } from "./Merchant.ts"
import type { NotificationAttempt, NotificationFault } from "./notifications/Notification.ts"
import type { Order } from "./order/Order.ts"
import type { Payment } from "./order/Payment.ts"
import type { ScenarioOptions, ScenarioRun } from "./scenarios/runScenario.ts"
import type { RequestLogEntry } from "./serve/RequestLog.ts"
import type { DueItem } from "./Timeline.ts"
import type { HistoryEntry } from "./World.ts"

/** An order with its payments in order of creation and the report that `status` would give. */
export interface OrderView {
  readonly order: Order
  readonly payments: ReadonlyArray<Payment>
  readonly report: StatusReport
}

export interface Simulator {
  /** The SOAP endpoint; `?wsdl` and `?xsd=1` describe it. */
  readonly url: string
  /** The payment menu, to which the order's parameters are added. */
  readonly menuUrl: string
  readonly controlUrl: string

  /** The simulator's time, in milliseconds since 1970. */
  readonly nowMs: () => number
  /**
   * Moves the clock forward and lets everything that falls due happen, one after the other in order of time;
   * resolves when the last notification was answered. Calls queue up. `advance(0)` does what is due now.
   */
  readonly advance: (ms: number) => Promise<void>
  /** What waits for its time, earliest first. */
  readonly waiting: () => ReadonlyArray<DueItem>

  readonly orders: () => ReadonlyArray<OrderView>
  readonly order: (key: string) => OrderView | undefined
  /** Does something by hand. What cannot be done is an answer with the reason, never a rejection. */
  readonly act: (action: Action) => Promise<ActionResult>

  /** Adds an account or replaces the one of the same name. Throws if its update URL does not end in `=` or is not on this machine. */
  readonly setMerchant: (merchant: Merchant) => void
  readonly merchants: () => ReadonlyArray<Merchant>

  /** Adds wire faults behind those already planned. Throws if one makes no sense. */
  readonly planFaults: (faults: ReadonlyArray<Fault>) => void
  readonly planNotificationFaults: (faults: ReadonlyArray<NotificationFault>) => void
  readonly faults: () => ReadonlyArray<Fault>
  /** Forgets all planned faults of both kinds. */
  readonly clearFaults: () => void

  /** Plays a named scenario; its waits move the clock. Rejects if there is none of that name. */
  readonly runScenario: (name: string, options?: ScenarioOptions) => Promise<ScenarioRun>

  /** The newest SOAP requests, oldest first, with everything secret or personal masked. */
  readonly requests: () => ReadonlyArray<RequestLogEntry>
  readonly notifications: () => ReadonlyArray<NotificationAttempt>
  /** What happened to all orders, or to one. */
  readonly history: (orderKey?: string) => ReadonlyArray<HistoryEntry>

  /** Ends every connection and frees the port. Safe to repeat. */
  readonly close: () => Promise<void>
}

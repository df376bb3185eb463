/** The faults still to come, in order. Each request uses up at most one. */
import type { OperationName } from "../contract/Contract.ts"
import { faultsPlannedMax } from "../limits.ts"
import type { Fault } from "./Fault.ts"
import { faultRefused } from "./Fault.ts"

/** What is known of a request, more and more while it is read. */
export interface RequestSubject {
  readonly operation?: OperationName | undefined
  readonly merchant?: string | undefined
  readonly orderKey?: string | undefined
}

const befalls = ({ merchant, operation, orderKey }: Fault, subject: RequestSubject): boolean =>
  (operation === undefined || operation === subject.operation) &&
  (merchant === undefined || merchant === subject.merchant) &&
  (orderKey === undefined || orderKey === subject.orderKey)

export class FaultPlan {
  private faults: ReadonlyArray<Fault> = []

  /** Adds faults behind those already planned. Throws, with the reason, if one makes no sense. */
  add(faults: ReadonlyArray<Fault>): void {
    for (const fault of faults) {
      const reason = faultRefused(fault)
      if (reason !== undefined) throw new Error(`fault ${fault.effect.kind}: ${reason}`)
    }
    if (this.faults.length + faults.length > faultsPlannedMax) {
      throw new Error(`at most ${faultsPlannedMax} faults can be planned`)
    }
    this.faults = [...this.faults, ...faults]
  }

  clear(): void {
    this.faults = []
  }

  /** Takes those back that are for an order, and those that are for a merchant whose order it is. */
  clearFor({ merchant, orderKey }: { readonly merchant: string; readonly orderKey: string }): void {
    this.faults = this.faults.filter((fault) => fault.orderKey !== orderKey && fault.merchant !== merchant)
  }

  waiting(): ReadonlyArray<Fault> {
    return this.faults
  }

  /** True if the fault of such a request is that it is not read. */
  isUnread(subject: RequestSubject): boolean {
    const found = this.faults.find((fault) => befalls(fault, subject))
    return found?.effect.kind === "reset-before-reading" && (found.skip ?? 0) === 0
  }

  /** The fault that befalls a request. What is not known of the request yet keeps it from faults that ask for it. */
  take(subject: RequestSubject): Fault | undefined {
    const at = this.faults.findIndex((fault) => befalls(fault, subject))
    const found = this.faults[at]
    if (found === undefined) return undefined
    if ((found.skip ?? 0) > 0) {
      this.replace(at, { ...found, skip: (found.skip ?? 0) - 1 })
      return undefined
    }
    const times = (found.times ?? 1) - 1
    this.replace(at, times > 0 ? { ...found, times } : undefined)
    return found
  }

  private replace(at: number, fault: Fault | undefined): void {
    this.faults = this.faults.toSpliced(at, 1, ...(fault === undefined ? [] : [fault]))
  }
}

/** The faults still to come, in order. Each request uses up at most one. */
import type { OperationName } from "../contract/Contract.ts"
import { faultsPlannedMax } from "../limits.ts"
import type { Fault } from "./Fault.ts"
import { faultRefused } from "./Fault.ts"

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

  waiting(): ReadonlyArray<Fault> {
    return this.faults
  }

  /** The fault that befalls the next request of an operation. A request whose operation is not known yet meets only general faults. */
  take(operation: OperationName | undefined): Fault | undefined {
    const at = this.faults.findIndex((fault) => fault.operation === undefined || fault.operation === operation)
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

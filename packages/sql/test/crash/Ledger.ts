/**
 * All that workers said before they were killed, added up.
 */
import type { Line } from "./journal.ts"

export class Ledger {
  /** Notifications that were answered, per order. */
  readonly notified = new Map<string, number>()
  /** Items that were handled and about to be acknowledged. */
  readonly handled = new Map<string, { readonly reference: string; readonly count: number }>()
  /** Events per answered change, by order and revision. */
  readonly committed = new Map<string, number>()
  readonly intended = new Set<string>()
  readonly resolved = new Set<string>()
  /** What was handed over, by subscriber and event. */
  readonly handed = new Map<string, string>()
  readonly delivered = new Set<string>()
  /** Handed over more than once. */
  repeats = 0
  acknowledgements = 0
  readonly failures = new Map<string, number>()
  readonly wrong: Array<string> = []

  add(line: Line): void {
    switch (line.kind) {
      case "ready":
        return
      case "notified":
        this.acknowledgements++
        this.notified.set(line.reference, (this.notified.get(line.reference) ?? 0) + 1)
        return
      case "handled":
        this.handled.set(line.id, line)
        return
      case "committed":
        this.#commit(`${line.orderId} ${line.revision}`, line.events)
        return
      case "intended":
        this.acknowledgements++
        this.intended.add(`${line.orderId} ${line.reference}`)
        return
      case "settled":
        this.acknowledgements++
        this.resolved.add(`${line.orderId} ${line.reference}`)
        return
      case "handed":
        this.#hand(`${line.subscriber} ${line.id}`, line.bytes)
        return
      case "delivered":
        this.acknowledgements++
        this.delivered.add(`${line.subscriber} ${line.id}`)
        return
      case "failed":
        this.#fail(line)
        return
      case "wrong":
        this.wrong.push(line.what)
    }
  }

  #commit(place: string, events: number): void {
    this.acknowledgements++
    if (this.committed.has(place)) this.wrong.push(`two changes were told that they are ${place}`)
    this.committed.set(place, events)
  }

  #hand(name: string, bytes: string): void {
    const before = this.handed.get(name)
    if (before !== undefined) {
      this.repeats++
      if (before !== bytes) this.wrong.push(`${name} was handed over with other contents`)
      if (this.delivered.has(name)) this.wrong.push(`${name} was handed over again after it was marked`)
    }
    this.handed.set(name, bytes)
  }

  #fail({ code, operation, retryable }: Extract<Line, { readonly kind: "failed" }>): void {
    const name = `${operation} ${code}${retryable ? "" : ", unknown whether written"}`
    this.failures.set(name, (this.failures.get(name) ?? 0) + 1)
  }
}

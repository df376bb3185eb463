/**
 * A store that breaks one sentence of its port, on purpose: the memory store with one method changed.
 */
import {
  Anomalies,
  Backlogs,
  DeliveryLog,
  EventFeed,
  Inbox,
  OrderStore,
  Outbox,
  WebhookEndpoints
} from "@docdata/application"
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { layerMemory } from "../../src/index.ts"

export type Stores = Layer.Success<typeof layerMemory>

/** One row of a table: what is broken, which sentence of the port says so, and the case of the suites that finds it. */
export interface PlantedFault {
  readonly name: string
  readonly port: PortName
  /** As it stands in the source of the port. */
  readonly sentence: string
  readonly foundBy: string
  readonly layer: Layer.Layer<Stores>
}

const ports = { Anomalies, Backlogs, DeliveryLog, EventFeed, Inbox, OrderStore, Outbox, WebhookEndpoints }

type Ports = typeof ports
type PortName = keyof Ports
type Service<Name extends PortName> = Ports[Name]["Service"]

/** `change` is called once for each store that is built, so that it may remember something. */
type Change<Name extends PortName> = (store: Service<Name>) => Partial<Service<Name>>

/** The memory stores with methods of one of them replaced. */
const changed = <Name extends PortName>(name: Name, change: Change<Name>): Layer.Layer<Stores> => {
  // Each port has its own service, which the compiler cannot follow through the name.
  const port = ports[name] as unknown as Context.Key<Stores, Service<Name>>
  return Layer.effect(port, Effect.map(port, (store) => ({ ...store, ...change(store) }))).pipe(
    Layer.provideMerge(layerMemory)
  )
}

/** Rows of one port: the name of each, the sentence, the case that finds it, and what is changed. */
export const faultsOf = <Name extends PortName>(
  port: Name,
  rows: ReadonlyArray<
    readonly [
      name: string,
      fault: { readonly sentence: string; readonly foundBy: string; readonly change: Change<Name> }
    ]
  >
): ReadonlyArray<PlantedFault> =>
  rows.map(([name, { change, foundBy, sentence }]) => ({ name, port, sentence, foundBy, layer: changed(port, change) }))

/** A copy without one field. */
export const without = <Whole extends object, Field extends keyof Whole>(
  whole: Whole,
  field: Field
): Omit<Whole, Field> => {
  const { [field]: _, ...rest } = whole
  return rest
}

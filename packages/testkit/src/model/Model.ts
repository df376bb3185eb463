/**
 * The plain model of the stores: what the ports say, with nothing but lists, filters and sorting.
 *
 * It is slow and obvious on purpose, and shares no code with any adapter: it is what adapters are compared with.
 * Every method answers as the port does, at once, and throws the port's own refusals.
 */
import type { Inbox, OrderStore, Outbox } from "@docdata/application"
import { inboxModel } from "./inboxModel.ts"
import type { ModelState, Plain } from "./ModelState.ts"
import { orderModel } from "./orderModel.ts"
import { outboxModel } from "./outboxModel.ts"

/** The three stores. */
export interface Model {
  readonly state: ModelState
  readonly orders: Plain<OrderStore["Service"]>
  readonly inbox: Plain<Inbox["Service"]>
  readonly outbox: Plain<Outbox["Service"]>
}

const modelOn = (state: ModelState): Model => ({
  state,
  orders: orderModel(state),
  inbox: inboxModel(state),
  outbox: outboxModel(state)
})

/** Empty stores. */
export const emptyModel = (): Model =>
  modelOn({
    orders: new Map(),
    keyReleased: new Set(),
    orderIdByPeriod: new Map(),
    shopOrders: [],
    items: [],
    deliveries: new Map()
  })

const copyEntries = <Key, Value extends object>(map: ReadonlyMap<Key, Value>): Map<Key, Value> =>
  new Map([...map].map(([key, value]) => [key, Object.assign({}, value)]))

/** The same stores once more: what happens to one does not happen to the other. */
export const copyOf = ({ state }: Model): Model =>
  modelOn({
    orders: copyEntries(state.orders),
    keyReleased: new Set(state.keyReleased),
    orderIdByPeriod: new Map(state.orderIdByPeriod),
    shopOrders: state.shopOrders,
    items: state.items.map((item) => Object.assign({}, item)),
    deliveries: new Map([...state.deliveries].map(([subscriber, deliveries]) => [subscriber, copyEntries(deliveries)]))
  })

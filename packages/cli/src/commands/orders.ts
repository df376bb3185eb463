/**
 * `docdata orders`: the orders that are stored, and what can be asked of Docdata about them.
 */
import type { CommandGroup } from "../Command.ts"
import { cancel } from "./orders/cancel.ts"
import { capture } from "./orders/capture.ts"
import { charge } from "./orders/charge.ts"
import { clearHold } from "./orders/clearHold.ts"
import { create } from "./orders/create.ts"
import { erase } from "./orders/erase.ts"
import { expire } from "./orders/expire.ts"
import { explainOrder } from "./orders/explain.ts"
import { exportOrder } from "./orders/export.ts"
import { list } from "./orders/list.ts"
import { proceed } from "./orders/proceed.ts"
import { refresh } from "./orders/refresh.ts"
import { refund } from "./orders/refund.ts"
import { resolve } from "./orders/resolve.ts"
import { show } from "./orders/show.ts"
import { start } from "./orders/start.ts"
import { watch } from "./orders/watch.ts"

export const orders: CommandGroup = {
  commands: [
    create,
    list,
    show,
    explainOrder,
    refresh,
    watch,
    start,
    proceed,
    charge,
    cancel,
    capture,
    refund,
    resolve,
    clearHold,
    expire,
    exportOrder,
    erase
  ],
  notes: [
    "They work on the stores and accounts of the settings, those of docdata serve,",
    "beside a service that runs or without one."
  ].join("\n")
}

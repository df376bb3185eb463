/**
 * The commands, in the order of the help.
 */
import type { CommandEntry } from "./Command.ts"
import { completionOf } from "./commands/completion.ts"
import { anomalies } from "./commands/anomalies.ts"
import { demo } from "./commands/demo.ts"
import { doctor } from "./commands/doctor.ts"
import { importDjango } from "./commands/importDjango.ts"
import { keys } from "./commands/keys.ts"
import { merchants } from "./commands/merchants.ts"
import { events } from "./commands/events.ts"
import { explain } from "./commands/explain.ts"
import { menuUrl } from "./commands/menuUrl.ts"
import { methods } from "./commands/methods.ts"
import { orders } from "./commands/orders.ts"
import { migrate } from "./commands/migrate.ts"
import { reconcile } from "./commands/reconcile.ts"
import { retention } from "./commands/retention.ts"
import { replay } from "./commands/replay.ts"
import { report } from "./commands/report.ts"
import { schema } from "./commands/schema.ts"
import { serve } from "./commands/serve.ts"
import { simulate } from "./commands/simulate.ts"
import { soap } from "./commands/soap.ts"
import { trigger } from "./commands/trigger.ts"
import { webhooks } from "./commands/webhooks.ts"

export const commands: ReadonlyArray<CommandEntry> = [
  serve,
  orders,
  methods,
  menuUrl,
  events,
  anomalies,
  report,
  replay,
  merchants,
  keys,
  doctor,
  webhooks,
  migrate,
  retention,
  importDjango,
  explain,
  reconcile,
  simulate,
  trigger,
  soap,
  demo,
  schema,
  completionOf(() => commands)
]

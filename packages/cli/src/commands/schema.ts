/**
 * `docdata schema`: the JSON Schema of what a command prints.
 */
import { badUsage } from "../badUsage.ts"
import type { Command } from "../Command.ts"
import { exitCodes } from "../ExitCode.ts"
import type { SchemaName } from "../jsonSchemas.ts"
import { nearestWord, printable } from "@docdata/service/text"

// As keys of a record, so that a missing name breaks the build as a wrong one does.
const schemaRecord: Readonly<Record<SchemaName, true>> = {
  explain: true,
  reconcile: true,
  "merchants-list": true,
  "keys-list": true,
  "keys-create": true,
  doctor: true,
  migrate: true,
  backup: true,
  "retention-run": true,
  "import-django": true,
  "orders-list": true,
  "orders-show": true,
  "orders-explain": true,
  "orders-create": true,
  "orders-start": true,
  "orders-proceed": true,
  "orders-charge": true,
  "orders-cancel": true,
  "orders-capture": true,
  "orders-refund": true,
  "orders-resolve": true,
  "orders-clear-hold": true,
  "orders-refresh": true,
  "orders-expire": true,
  "orders-watch": true,
  methods: true,
  "menu-url": true,
  "events-tail": true,
  "events-replay": true,
  "anomalies-list": true,
  "anomalies-ack": true,
  "shop-orders-show": true,
  "notifications-list": true,
  report: true,
  replay: true,
  trigger: true,
  "simulator-clock": true,
  "simulator-faults": true,
  "webhooks-list": true,
  "webhooks-add": true,
  "webhooks-rotate": true,
  "webhooks-enable": true,
  "webhooks-disable": true,
  "webhooks-test": true,
  "webhooks-deliveries": true,
  "webhooks-redeliver": true,
  "webhooks-listen": true,
  webhook: true
}

const outputs = Object.keys(schemaRecord) as ReadonlyArray<SchemaName>

export const schema: Command = {
  operands: "[NAME]",
  operandCount: { min: 0, max: 1 },
  flags: [],
  notes: [
    "NAME is that of a command, with hyphens: orders-list; webhook is the schema of",
    "what webhooks say. Without NAME, all names."
  ].join("\n"),
  run: async ({ operands: [typed] }, shell) => {
    if (typed === undefined) {
      await shell.write(`${outputs.join("\n")}\n`)
      return exitCodes.done
    }
    const name = outputs.find((output) => output === typed)
    if (name === undefined) {
      const meant = nearestWord(typed, outputs)
      const hint = meant === undefined ? "" : `, did you mean ${meant}?`
      return badUsage(shell, "docdata schema", `there is no schema named ${printable(typed)}${hint}`)
    }
    const { jsonSchemaOf } = await import("../jsonSchemas.ts")
    await shell.write(`${JSON.stringify(jsonSchemaOf(name), undefined, 2)}\n`)
    return exitCodes.done
  }
}

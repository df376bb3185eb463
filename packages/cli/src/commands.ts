/**
 * The commands, in the order of the help.
 */
import type { CommandEntry } from "./Command.ts"

export const commands: ReadonlyArray<CommandEntry> = [
  {
    name: "serve",
    summary: "run the HTTP service",
    load: async () => (await import("./commands/serve.ts")).serve
  },
  {
    name: "orders",
    summary: "read orders, and act on them",
    load: async () => (await import("./commands/orders.ts")).orders
  },
  {
    name: "methods",
    summary: "list what an order can be paid with at this moment",
    load: async () => (await import("./commands/methods.ts")).methods
  },
  {
    name: "menu-url",
    summary: "print where to send the shopper of an order",
    load: async () => (await import("./commands/menuUrl.ts")).menuUrl
  },
  {
    name: "shop-orders",
    summary: "see what the attempts at an order of the shop come to",
    load: async () => (await import("./commands/shopOrders.ts")).shopOrders
  },
  {
    name: "events",
    summary: "follow the events of all orders, deliver them again",
    load: async () => (await import("./commands/events.ts")).events
  },
  {
    name: "anomalies",
    summary: "see what a person has to look at, and say that you know",
    load: async () => (await import("./commands/anomalies.ts")).anomalies
  },
  {
    name: "notifications",
    summary: "see which were given up, and let them be tried again",
    load: async () => (await import("./commands/notifications.ts")).notifications
  },
  {
    name: "report",
    summary: "sum up orders by month and currency",
    load: async () => (await import("./commands/report.ts")).report
  },
  {
    name: "replay",
    summary: "show what other rules or another policy would change",
    load: async () => (await import("./commands/replay.ts")).replay
  },
  {
    name: "merchants",
    summary: "add, rotate, remove and list merchant accounts",
    load: async () => (await import("./commands/merchants.ts")).merchants
  },
  {
    name: "keys",
    summary: "create, revoke and list keys of the REST API",
    load: async () => (await import("./commands/keys.ts")).keys
  },
  {
    name: "doctor",
    summary: "look at settings, database, Docdata and clock; say what to do",
    load: async () => (await import("./commands/doctor.ts")).doctor
  },
  {
    name: "webhooks",
    summary: "webhook endpoints and their deliveries",
    load: async () => (await import("./commands/webhooks.ts")).webhooks
  },
  {
    name: "migrate",
    summary: "bring the database to the newest version",
    load: async () => (await import("./commands/migrate.ts")).migrate
  },
  {
    name: "backup",
    summary: "copy the database beside a running service",
    load: async () => (await import("./commands/backup.ts")).backup
  },
  {
    name: "retention",
    summary: "empty old texts, remove old attempts",
    load: async () => (await import("./commands/retention.ts")).retention
  },
  {
    name: "import-django",
    summary: "take over the orders of django-oscar-docdata",
    load: async () => (await import("./commands/importDjango.ts")).importDjango
  },
  {
    name: "explain",
    summary: "say what the status of an order is, and why, from a reply",
    load: async () => (await import("./commands/explain.ts")).explain
  },
  {
    name: "reconcile",
    summary: "decide a stream of orders and reports, a line each",
    load: async () => (await import("./commands/reconcile.ts")).reconcile
  },
  {
    name: "simulate",
    summary: "run an offline Docdata, to build and test against",
    load: async () => (await import("./commands/simulate.ts")).simulate
  },
  {
    name: "simulator",
    summary: "move the clock of a simulator, plan faults",
    load: async () => (await import("./commands/simulator.ts")).simulator
  },
  {
    name: "trigger",
    summary: "play a scenario at a simulator that runs",
    load: async () => (await import("./commands/trigger.ts")).trigger
  },
  {
    name: "soap",
    summary: "show the envelope of a request, or read one of a reply",
    load: async () => (await import("./commands/soap.ts")).soap
  },
  {
    name: "demo",
    summary: "the whole service at work, offline, no account needed",
    load: async () => (await import("./commands/demo.ts")).demo
  },
  {
    name: "schema",
    summary: "print the JSON Schema of what a command prints",
    load: async () => (await import("./commands/schema.ts")).schema
  },
  {
    name: "completion",
    summary: "print the completion script of a shell",
    load: async () => (await import("./commands/completion.ts")).completionOf(commands)
  }
]

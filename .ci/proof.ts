/**
 * The longer proofs at the size of a CI run, one after the other: `npm run proof`. At most 40 minutes in all; what is
 * quick belongs into `npm test`, what takes longer (mutation testing, benchmarks) has a script of its own.
 */
import { runInSequence } from "./runInSequence.ts"

runInSequence("proofs", [
  {
    name: "demo",
    command: "npm run --silent demo",
    purpose: "the main job runs from a fresh clone",
    timeoutMinutes: 5
  },
  {
    name: "walk, one payment",
    command: "npm run --silent walk -- --one-in 7",
    purpose: "no law breaks with one payment under any paid policy: one line in seven, in all its states",
    timeoutMinutes: 15
  },
  {
    name: "walk, pairs",
    command: "npm run --silent walk -- --pairs --one-in 23",
    purpose: "no law breaks with two payments: a seeded slice of all pairs",
    timeoutMinutes: 20
  },
  {
    name: "store races",
    command: "npm run --silent store-races",
    purpose: "three refreshes and two whole paths at one order at once, every interleaving, a death at every point",
    timeoutMinutes: 15
  },
  {
    name: "look races",
    command: "npm run --silent store-races -- --looks deaths",
    purpose: "two real refreshes one order at once, every interleaving of their calls, a death before every call",
    timeoutMinutes: 15
  },
  {
    name: "store histories",
    command: "npm run --silent store-histories -- --commands 100000",
    purpose: "the stores answer 100,000 random commands as the plain model does",
    timeoutMinutes: 10
  },
  {
    name: "crash",
    command: "npm run --silent crash -- --kills 200",
    purpose: "200 kills on SQLite and 200 on PostgreSQL lose nothing that was answered",
    timeoutMinutes: 15
  },
  {
    name: "lost notifications",
    command: "npm run --silent schedule -- day --orders 1000",
    purpose: "without a single notification every paid order of a day is right in time",
    timeoutMinutes: 10
  },
  {
    name: "outage",
    command: "npm run --silent schedule -- outage --orders 10000",
    purpose: "72 hours without Docdata: every open order is right again, at the allowed rate",
    timeoutMinutes: 10
  },
  {
    name: "sql histories",
    command: "npm run --silent sql-histories -- --commands 20000",
    purpose: "SQLite and PostgreSQL answer 20,000 random commands as the plain model does, and alike",
    timeoutMinutes: 15
  }
])

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
  // 45,000 lines, of which 24,000 show something finished and so have totals that may lag; three amounts; eighteen orders;
  // four intentions.
  {
    name: "walk, documented words",
    command: `npm run --silent walk -- --documented --expect ${(45_000 + 24_000) * 3 * 18 * 4}`,
    purpose: "no law breaks with one payment: every line of documented words, in all its states",
    timeoutMinutes: 10
  },
  // 963 kinds among the 45,000 lines; three amounts; five orders with an intention each.
  {
    name: "walk, pairs of kinds",
    command: `npm run --silent walk -- --pairs --kinds --expect ${963 ** 2 * 3 * 5}`,
    purpose: "no law breaks with two payments: every pair of kinds that the kernel tells apart",
    timeoutMinutes: 15
  },
  {
    name: "walk, additions",
    command: "npm run --silent walk -- --additions",
    purpose: "a payment that secures nothing lets no goods leave, beside every kind of payment",
    timeoutMinutes: 10
  },
  {
    name: "walk, drifts",
    command: "npm run --silent walk -- --drifts",
    purpose: "a fall of the daily rate lets no paid order go, with every kind of payment",
    timeoutMinutes: 10
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
    command: "npm run --silent store-races -- --refreshes deaths",
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
    command: "npm run --silent refresh-days -- day --orders 1000",
    purpose: "without a single notification every paid order of a day is right in time",
    timeoutMinutes: 10
  },
  {
    name: "aftermath",
    command: "npm run --silent refresh-days -- aftermath --orders 2000 --arriving 80 --rate 75 --hours 1",
    purpose: "the day after an outage: new orders are right in time, and the old ones do not starve",
    timeoutMinutes: 5
  },
  {
    name: "outage",
    command: "npm run --silent refresh-days -- outage --orders 10000",
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

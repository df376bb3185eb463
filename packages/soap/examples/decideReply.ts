import { defaultPolicy } from "@docdata/domain"
import { decideReply } from "@docdata/soap"
import { readFileSync } from "node:fs"

const reply = readFileSync(process.argv[2] ?? "reply.xml", "utf8") // the answer to a statusRequest
const known = { key: "A1B2C3D4E5F6", createdAtMs: 0, currency: "EUR" } // the order as you keep it
const order = { ...known, status: "new", fulfilment: "wait" } as const
const decided = decideReply(reply, { order, payments: [], nowMs: Date.now(), policy: defaultPolicy })
if (decided._tag === "Failure") console.log("nothing decided:", decided.failure._tag)
else console.log(decided.success.decision.status, decided.success.decision.fulfilment)

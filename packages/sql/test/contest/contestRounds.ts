/**
 * Two processes of a shop and one Docdata: in every round four come at once, at the same order.
 */
import { type ChildProcess, fork } from "node:child_process"
import { join } from "node:path"
import type { OrderOperation } from "@docdata/testkit"
import type { Place } from "../crash/place.ts"
import type { FromContestant, ToContestant } from "./messages.ts"
import { type Role, roles } from "./roles.ts"
import { truthOf } from "./shop.ts"

type Said<Kind extends FromContestant["kind"]> = Extract<FromContestant, { readonly kind: Kind }>

class Contestant {
  readonly #process: ChildProcess
  #waiting: { readonly resolve: (message: FromContestant) => void; readonly reject: (error: Error) => void } | undefined

  constructor(place: Place, name: string, refreshesByKey: Map<string, number>) {
    this.#process = fork(join(import.meta.dirname, "contestant.ts"), [place.engine, place.at, name], {
      execArgv: ["--conditions=@docdata/source"],
      serialization: "advanced"
    })
    this.#process.on("message", (message: FromContestant) => {
      if (message.kind === "ask") this.#answer(message, refreshesByKey)
      else if (message.kind === "failed") this.#waiting?.reject(new Error(message.why))
      else this.#waiting?.resolve(message)
    })
    this.#process.once("exit", (code) => {
      if (code !== 0) this.#waiting?.reject(new Error(`a contestant ended with ${code}`))
    })
  }

  // The truth moves on with every refresh, so that no two refreshes see the same until it stands still.
  #answer({ number, operation, orderKey }: Said<"ask">, refreshesByKey: Map<string, number>): void {
    const refreshes = refreshesByKey.get(orderKey) ?? 0
    if (operation === "status") refreshesByKey.set(orderKey, refreshes + 1)
    this.publish({ kind: "answer", number, report: operation === "status" ? truthOf(orderKey, refreshes) : undefined })
  }

  publish(message: ToContestant): void {
    this.#process.send(message)
  }

  receive(): Promise<FromContestant> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
    })
  }

  async history(): Promise<ReadonlyArray<OrderOperation>> {
    const said = this.receive()
    this.publish({ kind: "end" })
    const message = await said
    return message.kind === "history" ? message.history : []
  }

  kill(): void {
    this.#process.kill()
  }
}

// Which of the two processes plays a role in a round: all sixteen ways, one after the other.
const playedBy = (process: 0 | 1, round: number): ReadonlyArray<Role> =>
  roles.filter((_, position) => (round >> position & 1) === process)

/** Plays so many rounds; `prepare` creates the order of one. Answers what both processes recorded. */
export const contestRounds = async (
  place: Place,
  rounds: number,
  prepare: (round: number) => Promise<void>
): Promise<ReadonlyArray<OrderOperation>> => {
  const refreshesByKey = new Map<string, number>()
  const contestants = [
    new Contestant(place, "north", refreshesByKey),
    new Contestant(place, "south", refreshesByKey)
  ] as const
  try {
    await Promise.all(contestants.map((contestant) => contestant.receive()))
    for (let round = 0; round < rounds; round++) {
      await prepare(round)
      const played = contestants.map((contestant) => contestant.receive())
      contestants[0].publish({ kind: "play", round, roles: playedBy(0, round) })
      contestants[1].publish({ kind: "play", round, roles: playedBy(1, round) })
      await Promise.all(played)
    }
    return (await Promise.all(contestants.map((contestant) => contestant.history()))).flat()
  } finally {
    for (const contestant of contestants) contestant.kill()
  }
}

/**
 * A walk on several cores: each worker takes its part, the sums come back.
 */
import { Worker } from "node:worker_threads"
import type { AdditionsTask } from "./additions.ts"
import type { DriftsTask } from "./drifts.ts"
import type { PairsTask } from "./pairs.ts"
import type { SinglesTask } from "./singles.ts"
import { addWalks, emptyWalk, type Walk } from "./Walk.ts"

/** A walk to make, without the part of each worker. */
export type WalkTask =
  | { readonly kind: "singles" } & Pick<SinglesTask, "world" | "oneIn" | "seed">
  | { readonly kind: "drifts" } & Pick<DriftsTask, "oneIn" | "seed">
  | { readonly kind: "additions" } & Pick<AdditionsTask, "oneIn" | "seed">
  | { readonly kind: "pairs" } & Pick<PairsTask, "lines" | "oneIn" | "seed">

/** What a worker is started with. */
export type WorkerTask = WalkTask & { readonly part: number; readonly parts: number }

/** What a worker says: how far it is (0 to 1), and at last what it found. */
export type WorkerMessage =
  | { readonly type: "progress"; readonly done: number }
  | { readonly type: "walk"; readonly walk: Walk }

const inWorker = (task: WorkerTask, onProgress: (done: number) => void): Promise<Walk> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: task })
    worker.on("message", (message: WorkerMessage) => {
      switch (message.type) {
        case "progress":
          onProgress(message.done)
          break
        case "walk":
          resolve(message.walk)
          break
      }
    })
    worker.on("error", reject)
    worker.on("exit", () => reject(new Error("a worker of the walk ended without a result")))
  })

/** Walks with `workers` workers; `onProgress` hears how much of all is done, from 0 to 1. */
export const walkInWorkers = async (
  task: WalkTask,
  { onProgress, workers }: { readonly workers: number; readonly onProgress?: (done: number) => void }
): Promise<Walk> => {
  const done = Array.from({ length: workers }, () => 0)
  const walks = await Promise.all(done.map((_, part) =>
    inWorker({ ...task, part, parts: workers }, (progress) => {
      done[part] = progress
      onProgress?.(done.reduce((sum, one) => sum + one, 0) / workers)
    })
  ))
  return walks.reduce(addWalks, emptyWalk)
}

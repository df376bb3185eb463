/**
 * One worker of a walk: walks its part and posts what it found.
 */
import { parentPort, workerData } from "node:worker_threads"
import { walkAdditions } from "./additions.ts"
import { walkDrifts } from "./drifts.ts"
import { walkPairs } from "./pairs.ts"
import { walkSingles } from "./singles.ts"
import type { Walk } from "./Walk.ts"
import type { WorkerMessage, WorkerTask } from "./walkInWorkers.ts"

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
const post = (message: WorkerMessage): void => parentPort?.postMessage(message)

const task = workerData as WorkerTask

// Some hundred messages in all, however long the walk is.
const onProgress = (done: number, all: number): void => {
  if (done % 128 < task.parts) post({ type: "progress", done: done / all })
}

const walk = (): Walk => {
  switch (task.kind) {
    case "singles":
      return walkSingles({ ...task, onProgress })
    case "additions":
      return walkAdditions({ ...task, onProgress })
    case "drifts":
      return walkDrifts({ ...task, onProgress })
    case "pairs":
      return walkPairs({ ...task, onProgress })
  }
}

post({ type: "walk", walk: walk() })

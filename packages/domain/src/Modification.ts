/**
 * The life of a capture or refund, from the request to the proof. Use cases, stores and tests go by these tables.
 */
import { type Moves, stateAfter } from "./Moves.ts"

/**
 * - `intended`: stored; the provider may or may not have been asked.
 * - `filed`: the provider took the request.
 * - `unclear`: the provider was asked and no answer came.
 * - `confirmed`: done.
 * - `failed`: no money moved.
 */
export const modificationStates = ["intended", "filed", "unclear", "confirmed", "failed"] as const

/** One of {@link modificationStates}. */
export type ModificationState = (typeof modificationStates)[number]

/**
 * What moves a capture or refund on: the answer to its request, a status report, or a person.
 *
 * - `taken`, `unanswered`: what came back, or that nothing came back, from the one request. What was refused or never
 *   sent moves nothing on: the request is taken back, and its reference is free.
 * - `forgotten`: the process that was to request it has been gone for so long that nobody waits for an answer.
 * - `reported-under-way`, `reported-done`, `reported-failed`: a status report names it.
 * - `resolved-as-confirmed`, `resolved-as-failed`: no report names it, and a person has seen what happened.
 */
export const modificationCauses = [
  "taken",
  "unanswered",
  "forgotten",
  "reported-under-way",
  "reported-done",
  "reported-failed",
  "resolved-as-confirmed",
  "resolved-as-failed"
] as const

/** One of {@link modificationCauses}. */
export type ModificationCause = (typeof modificationCauses)[number]

/**
 * An answer to the request moves only what still waits for it: a report may have been faster and know more. A report
 * moves a failed one, too, since money that moved after all has to be counted; nothing takes back a confirmed one.
 */
export const modificationMoves: Moves<ModificationState, ModificationCause> = {
  taken: { from: ["intended"], to: "filed" },
  unanswered: { from: ["intended"], to: "unclear" },
  forgotten: { from: ["intended"], to: "unclear" },
  "reported-under-way": { from: ["intended", "unclear", "failed"], to: "filed" },
  "reported-done": { from: ["intended", "filed", "unclear", "failed"], to: "confirmed" },
  "reported-failed": { from: ["intended", "filed", "unclear"], to: "failed" },
  "resolved-as-confirmed": { from: ["filed", "unclear"], to: "confirmed" },
  "resolved-as-failed": { from: ["filed", "unclear"], to: "failed" }
}

/** Length of the shop's own reference, in UTF-16 units as Docdata counts them. Source: Docdata XSD 1.3. */
export const modificationReferenceMax = 35
/** Length of the text that the shopper may see. Source: Docdata XSD 1.3. */
export const modificationDescriptionMax = 250

/** The state that a cause moves to; undefined where it moves nothing. */
export const modificationAfter = (state: ModificationState, cause: ModificationCause): ModificationState | undefined =>
  stateAfter(modificationMoves, state, cause)

/** States in which its amount still counts against what the payment has: everything but a certain failure. */
export const countedModificationStates: ReadonlyArray<ModificationState> = modificationStates.filter((state) =>
  state !== "failed"
)

/** Whether its amount still counts against what the payment has. */
export const isCountedModification = (state: ModificationState): boolean => countedModificationStates.includes(state)

/** Whether something is still to be heard of it. */
export const isOpenModification = (state: ModificationState): boolean => state !== "confirmed" && state !== "failed"

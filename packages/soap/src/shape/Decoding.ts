/**
 * Decodes an element by its shape while somebody reads it.
 */
import type { FieldReason } from "../ReplyFailure.ts"
import type { XmlHandler, XmlSource } from "../xml/XmlHandler.ts"
import type { Shape, Site } from "./Shape.ts"

/** The first problem of a reply. */
export interface Problem {
  readonly reason: FieldReason | "no-verdict"
  /** The offset of the element in the text. */
  readonly at: number
  /**
   * The path from the response element down, in words of the schema, with a number where several elements share a
   * name: `statusResponse/statusSuccess/report/payment[2]/authorization`. To be asked when all is read.
   */
  readonly path: () => string
}

/** An open element of the schema. */
interface Frame {
  readonly name: string
  readonly at: number
  readonly shape: Shape<unknown>
  readonly attributes: ReadonlyMap<string, string>
  /** Which slot of the frame outside it fills, and the how manieth there. */
  readonly index: number
  readonly number: number
  /** How many children each slot has had. */
  readonly counts: Array<number>
  readonly values: Record<string, unknown>
}

export class Decoding implements XmlHandler, Site {
  /** Of the outermost element, once it has ended without a problem. */
  value: unknown
  problem: Problem | undefined
  readonly #shape: Shape<unknown>
  readonly #isOurs: (namespace: string) => boolean
  readonly #frames: Array<Frame> = []
  /** How many elements that nobody asked for are open. */
  #ignored = 0

  constructor(shape: Shape<unknown>, isOurs: (namespace: string) => boolean) {
    this.#shape = shape
    this.#isOurs = isOurs
  }

  get attributes(): ReadonlyMap<string, string> {
    return this.#frames.at(-1)?.attributes ?? new Map()
  }

  start(name: string, namespace: string, source: XmlSource): void {
    const outer = this.#frames.at(-1)
    if (outer === undefined) this.#open({ name, index: 0, number: 1, shape: this.#shape }, source)
    else if (this.#ignored > 0) this.#ignored++
    else if (outer.shape._tag === "Leaf") {
      this.note("not-text")
      this.#ignored = 1
    } else {
      const place = this.#isOurs(namespace) ? outer.shape.placeByName.get(name) : undefined
      const occurs = place && outer.shape.cells[place.index]?.occurs
      if (place === undefined || (occurs === "first" && outer.counts[place.index]! > 0)) {
        this.#ignored = 1
        return
      }
      const number = ++outer.counts[place.index]!
      this.#open({ name, index: place.index, number, shape: place.shape }, source)
      if (number > 1 && occurs !== "many") this.note("repeated-element")
    }
  }

  #open(frame: Pick<Frame, "name" | "index" | "number" | "shape">, source: XmlSource): void {
    const values: Record<string, unknown> = {}
    const counts: Array<number> = []
    if (frame.shape._tag === "Parent") {
      for (const { key, occurs } of frame.shape.cells) {
        counts.push(0)
        if (occurs === "many") values[key] = []
      }
    }
    this.#frames.push({ ...frame, at: source.at, attributes: source.attributes(), counts, values })
  }

  end(source: XmlSource): void {
    if (this.#ignored > 0) {
      this.#ignored--
      return
    }
    const frame = this.#frames.at(-1)
    if (frame === undefined) return
    const value = this.#valueOf(frame, source)
    this.#frames.pop()
    const outer = this.#frames.at(-1)
    if (outer === undefined) this.value = value
    else if (outer.shape._tag === "Parent") {
      const { key, occurs } = outer.shape.cells[frame.index]!
      if (occurs === "many") (outer.values[key] as Array<unknown>).push(value)
      else outer.values[key] = value
    }
  }

  #valueOf({ shape, counts, values }: Frame, source: XmlSource): unknown {
    if (shape._tag === "Leaf") return shape.read(source.text(), this)
    for (const [index, { name, occurs }] of shape.cells.entries()) {
      if (occurs === "required" && counts[index] === 0) this.note("missing-element", name)
    }
    return this.problem === undefined ? shape.make(values as never, this) : undefined
  }

  /** Keeps the first problem, but for a doubled element: what is wrong within one of two is not worth a word. */
  note(reason: FieldReason | "no-verdict", below?: string): void {
    const { problem } = this
    if (problem !== undefined && (reason !== "repeated-element" || problem.reason === reason)) return
    const frames = [...this.#frames]
    const steps = (): ReadonlyArray<string> =>
      frames.map(({ name, index, number }, depth) =>
        (frames[depth - 1]?.counts[index] ?? 1) > 1 ? `${name}[${number}]` : name
      )
    this.problem = {
      reason,
      at: frames.at(-1)?.at ?? 0,
      path: () => [...steps(), ...(below === undefined ? [] : [below])].join("/")
    }
  }
}

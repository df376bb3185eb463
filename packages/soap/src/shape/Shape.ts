/**
 * What an element of a reply looks like and what becomes of it, as data: the schema's types, each with the value it
 * is read to. {@link ./Decoding.ts} decodes by it, whoever reads the XML.
 */
import type { FieldReason } from "../ReplyFailure.ts"

/** The element that is being read. */
export interface Site {
  /** Those without a prefix. */
  readonly attributes: ReadonlyMap<string, string>
  /**
   * Notes a problem with the element, or with what stands `below` it: a child or an attribute. The value that is
   * returned then is a stand-in that nobody will see, because a reply with a problem is refused as a whole.
   */
  note(reason: FieldReason | "no-verdict", below?: string): void
}

/** Text without child elements. */
export interface Leaf<out A> {
  readonly _tag: "Leaf"
  readonly read: (text: string, site: Site) => A
}

/** Child elements by name. Those it does not know and those of another namespace are ignored. */
export interface Parent<out A> {
  readonly _tag: "Parent"
  readonly cells: ReadonlyArray<Cell>
  readonly placeByName: ReadonlyMap<string, Place>
  /** Called only if all children are as they should be. */
  readonly make: (children: never, site: Site) => A
}

export type Shape<A> = Leaf<A> | Parent<A>

/** `first` is for several names of which one may be there: if more are, the first one counts. */
type Occurs = "required" | "optional" | "many" | "first"

/** Where a child is kept. */
interface Cell {
  readonly key: string
  /** Of the element; the key where there are several. */
  readonly name: string
  readonly occurs: Occurs
}

/** A name of a child: the index of its slot, and what the child looks like. */
interface Place {
  readonly index: number
  readonly shape: Shape<unknown>
}

interface Child<out A, out O extends Occurs> {
  readonly occurs: O
  /** The names it may have and what it then looks like; one without a name is named like its key. */
  readonly shapes: ReadonlyArray<readonly [name: string | undefined, shape: Shape<A>]>
}

type Children = Readonly<Record<string, Child<unknown, Occurs>>>
type ValueOf<C> = C extends Child<infer A, "many"> ? ReadonlyArray<A> : C extends Child<infer A, Occurs> ? A : never
type KeysThatOccur<C extends Children, O extends Occurs> = {
  [K in keyof C]: C[K]["occurs"] extends O ? K : never
}[keyof C]

/** Children as read: lists for many, and nothing at all where an optional one is missing. */
type Values<C extends Children> =
  & { readonly [K in KeysThatOccur<C, "required" | "many">]: ValueOf<C[K]> }
  & { readonly [K in KeysThatOccur<C, "optional" | "first">]?: ValueOf<C[K]> }

export const leaf = <A>(read: Leaf<A>["read"]): Leaf<A> => ({ _tag: "Leaf", read })

export const parent = <C extends Children, A>(
  children: C,
  make: (children: Values<C>, site: Site) => A
): Parent<A> => ({
  _tag: "Parent",
  cells: Object.entries(children).map(([key, { occurs, shapes }]) => ({ key, name: shapes[0]?.[0] ?? key, occurs })),
  placeByName: new Map(
    Object.entries(children).flatMap(([key, { shapes }], index) =>
      shapes.map(([name = key, shape]) => [name, { index, shape }] as const)
    )
  ),
  make
})

/** A parent that becomes what its children are. */
export const record = <C extends Children>(children: C): Parent<Values<C>> => parent(children, (values) => values)

/** Problems: it is missing, or there twice. */
export const required = <A>(shape: Shape<A>, name?: string): Child<A, "required"> => ({
  occurs: "required",
  shapes: [[name, shape]]
})

/** Problem: it is there twice. */
export const optional = <A>(shape: Shape<A>, name?: string): Child<A, "optional"> => ({
  occurs: "optional",
  shapes: [[name, shape]]
})

/** None, one or many. */
export const many = <A>(shape: Shape<A>, name?: string): Child<A, "many"> => ({
  occurs: "many",
  shapes: [[name, shape]]
})

export const firstOf = <A>(shapes: Readonly<Record<string, Shape<A>>>): Child<A, "first"> => ({
  occurs: "first",
  shapes: Object.entries(shapes)
})

/**
 * Requests of every kind that an operation has to refuse, or at least survive.
 */
import * as Redacted from "effect/Redacted"
import { bodyBytesMax } from "../../src/serve/guard.ts"
import { keys } from "../support/service.ts"
import type { Operation } from "./apiDocument.ts"
import { completed, sampleOf, wrongBodies } from "./wrongValues.ts"

/** A request as it is sent. Without `authorization` the test sends a key that may do everything. */
export interface BadRequest {
  readonly what: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer>
  /** The body as JSON with one thing that the schema forbids, or allows after all: the schema says which. */
  readonly isVariant?: boolean
}

/** What an operation is called with when nothing is wrong. */
export interface Sound {
  readonly params: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

const json = { "content-type": "application/json" }
const long = "x".repeat(1_000)
const bearer = (key: Redacted.Redacted): Readonly<Record<string, string>> => ({
  authorization: `Bearer ${Redacted.value(key)}`
})

const brokenBodies: ReadonlyArray<
  readonly [string, string | Uint8Array<ArrayBuffer>, Readonly<Record<string, string>>?]
> = [
  ["no body", ""],
  ["blank", " \n "],
  ["cut JSON", "{\"a\":"],
  ["no JSON", "hello"],
  ["JSON twice", "{}{}"],
  ["a comma too many", "{\"a\":1,}"],
  ["a comment", "{/* a */}"],
  ["single quotes", "{'a':1}"],
  ["NaN", "{\"a\":NaN}"],
  ["a list", "[]"],
  ["null", "null"],
  ["a number", "7"],
  ["a text", "\"x\""],
  ["an empty record", "{}"],
  ["nested deeply", `${"[".repeat(50_000)}${"]".repeat(50_000)}`],
  ["records nested deeply", `${"{\"a\":".repeat(20_000)}1${"}".repeat(20_000)}`],
  ["__proto__", "{\"__proto__\":{\"merchant\":\"shop\"}}"],
  ["constructor", "{\"constructor\":{\"prototype\":{\"merchant\":\"shop\"}}}"],
  ["no UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ["UTF-16", new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])],
  ["a zero byte", "{\"\u0000\":1}"],
  ["half of a character", "{\"\\ud800\":\"\\udfff\"}"],
  ["100,000 fields", `{${Array.from({ length: 50_000 }, (_, index) => `"f${index}":1`).join(",")}}`],
  ["too large", JSON.stringify({ note: "x".repeat(bodyBytesMax) })],
  ["a length that lies", "{}", { "content-length": "999999999" }],
  ["plain text", "{}", { "content-type": "text/plain" }],
  ["a form", "a=b", { "content-type": "application/x-www-form-urlencoded" }],
  ["XML", "<a/>", { "content-type": "application/xml" }],
  ["parts", "--x--", { "content-type": "multipart/form-data; boundary=x" }],
  ["parts without border", "--x--", { "content-type": "multipart/form-data" }],
  ["a type that is none", "{}", { "content-type": "nonsense" }],
  ["an empty type", "{}", { "content-type": "" }]
]

/** A request of its own for each row: of a key that was used before only the key would be compared. */
const withOwnKey = (headers: Readonly<Record<string, string>>, row: number): Readonly<Record<string, string>> => {
  const { "idempotency-key": key } = headers
  return key === undefined ? headers : { ...headers, "idempotency-key": `${key}-${row}` }
}

const bodyRows = (
  { method, requestBody }: Operation,
  sound: Sound
): ReadonlyArray<Omit<BadRequest, "method" | "path">> => {
  const schema = requestBody?.content["application/json"]?.schema
  // The web's Request takes no body with GET; sockets have their own tests.
  if (method === "GET") return []
  if (schema === undefined) {
    return [{ what: "a body where none belongs", headers: { ...sound.headers, ...json }, body: "{\"a\":" }]
  }
  const headers = { ...sound.headers, ...json }
  return [
    ...brokenBodies.map(([what, body, more = {}]) => ({
      what: `body: ${what}`,
      headers: { ...headers, ...more },
      ...(body === "" ? {} : { body })
    })),
    ...wrongBodies(schema, completed(sampleOf(schema), sound.body)).map(({ json, what }, row) => ({
      what,
      headers: withOwnKey(headers, row),
      body: json,
      isVariant: true
    }))
  ]
}

/** Values that no parameter should have. */
export const queryValues: ReadonlyArray<readonly [string, (name: string) => string]> = [
  ["empty", (name) => `${name}=`],
  ["without value", (name) => name],
  ["below zero", (name) => `${name}=-1`],
  ["zero", (name) => `${name}=0`],
  ["a fraction", (name) => `${name}=1.5`],
  ["huge", (name) => `${name}=99999999999999999999`],
  ["beyond all numbers", (name) => `${name}=1e400`],
  ["NaN", (name) => `${name}=NaN`],
  ["hexadecimal", (name) => `${name}=0x10`],
  ["a word", (name) => `${name}=x`],
  ["a snowman", (name) => `${name}=%E2%98%83`],
  ["a zero byte", (name) => `${name}=%00`],
  ["a broken escape", (name) => `${name}=%E0%A4%A`],
  ["too long", (name) => `${name}=${long}`],
  ["given twice", (name) => `${name}=1&${name}=2`],
  ["a list in brackets", (name) => `${name}[]=1`],
  ["a field in brackets", (name) => `${name}[a]=1`],
  ["SQL", (name) => `${name}=1'%20or%20'1'%3D'1`],
  ["a place cut short", (name) => `${name}=MTc2NzYxNDQwMDAwMCBvcmR`],
  ["a place of nowhere", (name) => `${name}=OTk5OTk5OTk5OTk5OTk5IG9yZF9a`],
  ["a place with a zero byte", (name) => `${name}=${Buffer.from("1767614400000 ord\u0000x").toString("base64url")}`],
  [
    "a place with a zero byte, of deliveries",
    (name) => `${name}=${Buffer.from("1767614400000 1 0 ord\u0000x").toString("base64url")}`
  ],
  ["a place of another list", (name) => `${name}=eyJhIjoxfQ`]
]

const queryOf = (query: Sound["query"] = {}, without = ""): string =>
  Object.entries(query).filter(([name]) => name !== without).map(([name, value]) => `${name}=${value}&`).join("")

const queryRows = ({ parameters }: Operation, path: string, sound: Sound): ReadonlyArray<readonly [string, string]> => {
  const names = parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name)
  const others = `${path}?${queryOf(sound.query)}`
  return [
    ...names.flatMap((name) =>
      queryValues.map(([what, query]) =>
        [`query ${name}: ${what}`, `${path}?${queryOf(sound.query, name)}${query(name)}`] as const
      )
    ),
    ["query: not known", `${others}surprise=1`],
    ["query: __proto__", `${others}__proto__=1&constructor=2`],
    ["query: a broken escape", `${others}%E0%A4%A`],
    ["query: a thousand", `${others}${Array.from({ length: 1_000 }, (_, index) => `p${index}=1`).join("&")}`]
  ]
}

const pathValues: ReadonlyArray<readonly [string, string]> = [
  ["of nothing", "ord_NOBODY"],
  ["too long", long],
  ["100 characters", "x".repeat(100)],
  ["101 characters", "x".repeat(101)],
  ["a zero byte", "%00"],
  ["a line feed", "a%0Ab"],
  ["a snowman", "%E2%98%83"],
  ["a broken escape", "%E0%A4%A"],
  ["half of a character", "%ED%A0%80"],
  ["a slash", "..%2F..%2Fetc%2Fpasswd"],
  ["dots", ".."],
  ["a blank", "%20"],
  ["a quote", "'%20or%20'1'='1"],
  ["a percent sign", "%25"],
  ["an asterisk", "*"],
  ["a colon", ":orderId"],
  ["nothing", ""]
]

const filled = (path: string, params: Sound["params"]): string =>
  path.replaceAll(/\{(\w+)\}/g, (_text, name: string) => params[name] ?? "none_such")

const pathRows = (
  { parameters, path }: Operation,
  { params, query }: Sound
): ReadonlyArray<readonly [string, string]> =>
  parameters.filter((parameter) => parameter.in === "path").flatMap(({ name }) =>
    // Without its last part an address is another one, and dots take it away.
    pathValues.filter(([what]) => (what !== "nothing" && what !== "dots") || !path.endsWith("}")).map(([what, value]) =>
      [`path ${name}: ${what}`, `${filled(path, { ...params, [name]: value })}?${queryOf(query)}`] as const
    )
  )

const headerRows = ({ parameters }: Operation, { headers }: Sound): ReadonlyArray<readonly [string, object]> =>
  parameters.filter((parameter) => parameter.in === "header").flatMap(({ name }) => {
    const { [name]: _, ...without } = headers
    return [
      [`header ${name}: missing`, without],
      [`header ${name}: empty`, { ...headers, [name]: "" }],
      [`header ${name}: blank`, { ...headers, [name]: "  " }],
      [`header ${name}: too long`, { ...headers, [name]: long }],
      [`header ${name}: not ASCII`, { ...headers, [name]: "\u00ff\u00fe" }]
    ] as const
  })

const accessRows = ({ headers }: Sound): ReadonlyArray<readonly [string, object]> => [
  ["no key", { ...headers, authorization: "" }],
  ["an unknown key", { ...headers, ...bearer(Redacted.make("dk_nobody")) }],
  ["a key too long", { ...headers, ...bearer(Redacted.make(long)) }],
  ["another scheme", { ...headers, authorization: `Basic ${Redacted.value(keys.operator)}` }],
  ["a scheme alone", { ...headers, authorization: "Bearer" }],
  ["a key without scheme", { ...headers, authorization: Redacted.value(keys.operator) }],
  ["two keys", { ...headers, authorization: `Bearer a, Bearer ${Redacted.value(keys.operator)}` }],
  ["a key that only reads", { ...headers, ...bearer(keys.reader) }],
  ["a key of another merchant", { ...headers, ...bearer(keys.other) }]
]

/** All of them for an operation that is called soundly like this. The sound request itself comes first. */
export const badRequests = (operation: Operation, sound: Sound): ReadonlyArray<BadRequest> => {
  const { method } = operation
  const { headers } = sound
  const address = filled(operation.path, sound.params)
  const query = queryOf(sound.query).slice(0, -1)
  const path = query === "" ? address : `${address}?${query}`
  const body = sound.body === undefined ? {} : { body: JSON.stringify(sound.body) }
  const typed = sound.body === undefined ? headers : { ...headers, ...json }
  return [
    { what: "sound", method, path, headers: typed, ...body },
    ...bodyRows(operation, sound).map((row) => ({ ...row, method, path })),
    ...[...queryRows(operation, address, sound), ...pathRows(operation, sound)]
      .map(([what, at]) => ({ what, method, path: at, headers: typed, ...body })),
    ...[...headerRows(operation, { ...sound, headers: typed }), ...accessRows({ ...sound, headers: typed })]
      .map(([what, changed]) => ({ what, method, path, headers: { ...changed }, ...body }))
  ]
}

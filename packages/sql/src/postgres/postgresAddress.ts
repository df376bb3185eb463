/**
 * Connection strings with the meaning that libpq gives them. What is unknown, misspelt or not supported is refused: a
 * parameter that is dropped in silence connects somewhere else, or without the protection that somebody asked for.
 *
 * Source: PostgreSQL documentation, section 34.1, "Database Connection Control Functions".
 */

/** How a connection is encrypted, and what of the server's certificate is checked. */
export interface PostgresTls {
  /** The authorities that are trusted: a file, or `system`. */
  readonly rootCertificate?: string
  readonly certificate?: string
  readonly key?: string
  readonly keyPassword?: string
  /** `none`: encrypted, and anybody may be at the other end. */
  readonly checks: "none" | "authority" | "authority-and-name"
}

/** Where the database is, and how it is reached. */
export interface PostgresAddress {
  readonly host?: string
  readonly port?: number
  readonly username?: string
  readonly password?: string
  readonly database?: string
  /** `if-offered`: encrypted where the server can, in clear text where it cannot. */
  readonly tls: PostgresTls | "never" | "if-offered"
  /** Server settings for the session, such as `-c search_path=shop`. */
  readonly startupOptions?: string
  readonly applicationName?: string
  readonly connectTimeoutSeconds?: number
}

/** What is wrong with a connection string, a line each; without its password. */
export interface AddressViolations {
  readonly violations: ReadonlyArray<string>
}

const sslModes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] as const
type SslMode = typeof sslModes[number]

const supported = [
  "host",
  "port",
  "user",
  "password",
  "dbname",
  "sslmode",
  "sslrootcert",
  "sslcert",
  "sslkey",
  "sslpassword",
  "options",
  "application_name",
  "connect_timeout"
] as const
type Parameter = typeof supported[number]

const isParameter = (name: string): name is Parameter => (supported as ReadonlyArray<string>).includes(name)
const isSslMode = (word: string): word is SslMode => (sslModes as ReadonlyArray<string>).includes(word)

/** What people of other drivers write, and how libpq is told the same. */
const meant: Readonly<Record<string, string>> = {
  schema: "say options=-c search_path=NAME",
  search_path: "say options=-c search_path=NAME",
  ssl: "say sslmode=require or sslmode=verify-full",
  pgbouncer: "leave it out",
  connection_limit: "the setting DOCDATA_POSTGRES_CONNECTIONS_MAX has it"
}

const whole = (text: string, max: number): number | undefined =>
  /^\d{1,6}$/.test(text) && Number(text) <= max ? Number(text) : undefined

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

// libpq checks the authority as soon as there is one to check by, also where only encryption is asked for.
const tlsOf = (mode: SslMode, given: ReadonlyMap<Parameter, string>): PostgresAddress["tls"] => {
  const rootCertificate = given.get("sslrootcert")
  const files = {
    ...(rootCertificate !== undefined && { rootCertificate }),
    ...(given.has("sslcert") && { certificate: given.get("sslcert")! }),
    ...(given.has("sslkey") && { key: given.get("sslkey")! }),
    ...(given.has("sslpassword") && { keyPassword: given.get("sslpassword")! })
  }
  switch (mode) {
    case "disable":
      return "never"
    case "allow":
    case "prefer":
      return "if-offered"
    case "require":
      return { ...files, checks: rootCertificate === undefined ? "none" : "authority" }
    case "verify-ca":
      return { ...files, checks: "authority" }
    case "verify-full":
      return { ...files, checks: "authority-and-name" }
  }
}

interface Parts {
  readonly given: ReadonlyMap<Parameter, string>
  readonly violations: ReadonlyArray<string>
}

const parametersOf = (url: URL): Parts => {
  const given = new Map<Parameter, string>()
  const violations: Array<string> = []
  for (const [name, value] of url.searchParams) {
    if (!isParameter(name)) {
      const hint = Object.hasOwn(meant, name) ? meant[name] : `known are ${supported.join(", ")}`
      violations.push(`the parameter ${JSON.stringify(name)} is not supported: ${hint}`)
    } else if (given.has(name)) violations.push(`the parameter ${name} is there twice`)
    else given.set(name, value)
  }
  return { given, violations }
}

const modeViolations = (mode: string, given: ReadonlyMap<Parameter, string>): ReadonlyArray<string> => {
  if (!isSslMode(mode)) return [`sslmode ${JSON.stringify(mode)} is none: ${sslModes.join(", ")}`]
  const isEncrypted = mode === "require" || mode === "verify-ca" || mode === "verify-full"
  const files = (["sslrootcert", "sslcert", "sslkey", "sslpassword"] as const).filter((name) => given.has(name))
  if (!isEncrypted && files.length > 0) {
    return [`${files.join(", ")} need sslmode=require, verify-ca or verify-full: with ${mode} nothing is checked`]
  }
  return given.has("sslcert") === given.has("sslkey") ? [] : ["sslcert and sslkey belong together"]
}

/** Reads a connection string. Opens no file and asks nobody. */
export const readPostgresAddress = (text: string): PostgresAddress | AddressViolations => {
  const url = URL.parse(text)
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) {
    const hosts = /^postgres(ql)?:\/\/[^/]*,/.test(text)
    const why = hosts ? "several hosts are not supported: name one, or a proxy before them" : "this is no address"
    return { violations: [`${why}; it has the form postgres://user:password@host:port/database`] }
  }
  const { given, violations: unknown } = parametersOf(url)
  const mode = given.get("sslmode") ?? (given.has("sslrootcert") ? "verify-ca" : "disable")
  const port = given.get("port") ?? url.port
  const timeout = given.get("connect_timeout")
  const parts = [url.username, url.password, url.pathname.slice(1), url.hostname].map(decoded)
  const violations = [
    ...unknown,
    ...modeViolations(mode, given),
    ...(port !== "" && whole(port, 65_535) === undefined ? ["port is a number up to 65535"] : []),
    ...(timeout !== undefined && whole(timeout, 3_600) === undefined
      ? ["connect_timeout is a number of seconds up to 3600"]
      : []),
    ...(parts.includes(undefined) ? ["a % in it is followed by no two hexadecimal digits: write %25"] : [])
  ]
  if (violations.length > 0 || !isSslMode(mode)) return { violations }
  const [user = "", password = "", path = "", name = ""] = parts
  const fields = {
    host: given.get("host") ?? name.replace(/^\[(.*)\]$/, "$1"),
    username: given.get("user") ?? user,
    password: given.get("password") ?? password,
    database: given.get("dbname") ?? path,
    startupOptions: given.get("options") ?? "",
    applicationName: given.get("application_name") ?? ""
  }
  return {
    ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== "")),
    ...(port !== "" && { port: Number(port) }),
    ...(timeout !== undefined && timeout !== "0" && { connectTimeoutSeconds: Number(timeout) }),
    tls: tlsOf(mode, given)
  }
}

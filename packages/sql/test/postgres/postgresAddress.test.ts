/**
 * Connection strings: what libpq means by them, and what is refused instead of dropped.
 */
import { describe, expect, it } from "vitest"
import { readPostgresAddress } from "../../src/postgres/postgresAddress.ts"

const at = "postgres://shop:secret@db.example:5433/orders"

describe("a connection string", () => {
  it.each<readonly [name: string, text: string, means: object]>([
    ["names host, port, user, password and database", at, {
      host: "db.example",
      port: 5433,
      username: "shop",
      password: "secret",
      database: "orders",
      tls: "never"
    }],
    ["has its parts percent-encoded", "postgresql://a%40b:p%2Fw@h/d%20b", {
      host: "h",
      username: "a@b",
      password: "p/w",
      database: "d b",
      tls: "never"
    }],
    ["names a socket by a parameter", "postgres:///orders?host=/run/postgresql&user=shop", {
      host: "/run/postgresql",
      username: "shop",
      database: "orders",
      tls: "never"
    }],
    ["has an address of IPv6", "postgres://[::1]/d", { host: "::1", database: "d", tls: "never" }],
    ["sets the session up", "postgres://h/d?options=-c%20search_path%3Dshop&application_name=till&connect_timeout=7", {
      host: "h",
      database: "d",
      startupOptions: "-c search_path=shop",
      applicationName: "till",
      connectTimeoutSeconds: 7,
      tls: "never"
    }],
    ["waits for ever with a timeout of 0", "postgres://h/d?connect_timeout=0", {
      host: "h",
      database: "d",
      tls: "never"
    }]
  ])("%s", (_name, text, means) => {
    expect(readPostgresAddress(text)).toEqual(means)
  })

  it.each<readonly [parameters: string, tls: unknown]>([
    ["sslmode=disable", "never"],
    ["sslmode=allow", "if-offered"],
    ["sslmode=prefer", "if-offered"],
    ["sslmode=require", { checks: "none" }],
    ["sslmode=require&sslrootcert=/ca.pem", { checks: "authority", rootCertificate: "/ca.pem" }],
    ["sslrootcert=/ca.pem", { checks: "authority", rootCertificate: "/ca.pem" }],
    ["sslmode=verify-ca&sslrootcert=/ca.pem", { checks: "authority", rootCertificate: "/ca.pem" }],
    ["sslmode=verify-full&sslrootcert=system", { checks: "authority-and-name", rootCertificate: "system" }],
    ["sslmode=verify-full&sslcert=/c.pem&sslkey=/k.pem&sslpassword=p", {
      checks: "authority-and-name",
      certificate: "/c.pem",
      key: "/k.pem",
      keyPassword: "p"
    }]
  ])("is encrypted by %s as libpq does it", (parameters, tls) => {
    expect(readPostgresAddress(`${at}?${parameters}`)).toMatchObject({ tls })
  })

  it.each<readonly [text: string, why: RegExp]>([
    [`${at}?sslmode=requre`, /sslmode "requre" is none: disable, allow, prefer, require, verify-ca, verify-full/],
    [`${at}?schema=shop`, /"schema" is not supported: say options=-c search_path=NAME/],
    [`${at}?sslmod=require`, /"sslmod" is not supported: known are host, port, user/],
    [`${at}?sslmode=require&sslmode=disable`, /sslmode is there twice/],
    [`${at}?sslmode=prefer&sslrootcert=/ca.pem`, /sslrootcert need sslmode=require, verify-ca or verify-full/],
    [`${at}?sslmode=require&sslcert=/c.pem`, /sslcert and sslkey belong together/],
    [`${at}?connect_timeout=soon`, /connect_timeout is a number of seconds/],
    ["postgres://h/d?port=99999", /port is a number up to 65535/],
    ["postgres://a:p%zz@h/d", /followed by no two hexadecimal digits/],
    ["postgres://one:1,two:2/d", /several hosts are not supported/],
    ["mysql://h/d", /has the form postgres:/],
    ["", /has the form postgres:/]
  ])("%s is refused, and says why without the password", (text, why) => {
    const read = readPostgresAddress(text)
    expect("violations" in read ? read.violations.join("; ") : read).toMatch(why)
    expect(JSON.stringify(read)).not.toContain("secret")
  })
})

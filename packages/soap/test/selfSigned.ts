// A TLS server with a certificate that it signed itself, made on the spot so that no key lies in the repository.
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { generateKeyPairSync, sign } from "node:crypto"
import { createServer } from "node:tls"

/** One value in DER: tag, length, content. */
const der = (tag: number, ...parts: ReadonlyArray<Uint8Array>): Buffer => {
  const content = Buffer.concat(parts)
  const { length } = content
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...head]), content])
}

const sequence = 0x30
const text = (tag: number, value: string) => der(tag, Buffer.from(value))
const ecdsaWithSha256 = der(sequence, der(0x06, Buffer.from("2a8648ce3d040302", "hex")))
const commonName = der(
  sequence,
  der(0x31, der(sequence, der(0x06, Buffer.from("550403", "hex")), text(0x0c, "loopback")))
)

const selfSigned = (): { readonly key: string; readonly cert: string } => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" })
  const validity = der(sequence, text(0x17, "200101000000Z"), text(0x17, "491231235959Z"))
  const body = der(
    sequence,
    der(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    commonName,
    validity,
    commonName,
    publicKey.export({ type: "spki", format: "der" })
  )
  const signature = der(0x03, Buffer.from([0]), sign("sha256", body, privateKey))
  const certificate = der(sequence, body, ecdsaWithSha256, signature).toString("base64")
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`
  }
}

/** Listens on a free port; `received` is what came through, decrypted. */
export const selfSignedServer: Effect.Effect<
  { readonly port: number; readonly received: () => string },
  never,
  Scope.Scope
> = Effect.gen(function*() {
  let received = ""
  const server = createServer(selfSigned(), (socket) => socket.on("data", (chunk) => received += chunk.toString()))
  server.on("tlsClientError", () => undefined)
  const port = yield* Effect.acquireRelease(
    Effect.promise(() =>
      new Promise<number>((resolve) => {
        server.listen(0, "127.0.0.1", () => {
          const address = server.address()
          resolve(typeof address === "object" && address !== null ? address.port : 0)
        })
      })
    ),
    () => Effect.promise(() => new Promise<void>((resolve) => server.close(() => resolve())))
  )
  return { port, received: () => received }
})

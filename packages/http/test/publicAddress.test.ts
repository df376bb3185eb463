import { describe, expect, it } from "vitest"
import { isPublicAddress } from "../src/webhooks/publicAddress.ts"
import { postWebhook, webhookTargetViolation } from "../src/webhooks/postWebhook.ts"

const reserved = [
  "0.0.0.0",
  "0.1.2.3",
  "10.0.0.1",
  "10.255.255.255",
  "100.64.0.1",
  "100.127.255.255",
  "127.0.0.1",
  "127.1.2.3",
  "169.254.169.254",
  "169.254.0.1",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.1",
  "192.0.2.1",
  "192.88.99.1",
  "192.168.0.1",
  "192.168.255.255",
  "198.18.0.1",
  "198.19.255.255",
  "198.51.100.7",
  "203.0.113.9",
  "224.0.0.1",
  "239.255.255.255",
  "240.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::ffff:127.0.0.1",
  "::ffff:10.0.0.1",
  "::ffff:7f00:1",
  "::127.0.0.1",
  "::ffff:0:127.0.0.1",
  "64:ff9b::7f00:1",
  "64:ff9b::10.0.0.1",
  "64:ff9b:1::1",
  "100::1",
  "2001::1",
  "2001:0:7f00:1::",
  "2001:10::1",
  "2001:20::1",
  "2001:db8::1",
  "2002:7f00:1::",
  "2002:a00:1::1",
  "3fff::1",
  "5f00::1",
  "fc00::1",
  "fd12:3456::1",
  "fe80::1",
  "feb0::1",
  "fec0::1",
  "ff02::1",
  "::2"
]

describe("addresses of the network", () => {
  it.each(reserved)("%s is refused", (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each([
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "172.15.255.255",
    "172.32.0.1",
    "192.167.0.1",
    "198.20.0.1",
    "223.255.255.255",
    "2606:4700::1111",
    "2a00:1450:4009::200e",
    "2001:200::1"
  ])("%s is public", (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it.each(["", "localhost", "example.com", "1.2.3", "0x7f000001", "2130706433", "fe80::1%eth0"])(
    "%s is no address",
    (text) => {
      expect(isPublicAddress(text)).toBe(false)
    }
  )
})

describe("targets", () => {
  const problem = (url: string, allowLoopback = false) => webhookTargetViolation({ url, allowLoopback })

  it.each([
    // What URL parsers make of numbers: all of these are 127.0.0.1 or a private address in disguise.
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://127.0.0.1./",
    "https://[::1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://0/",
    "https://0xa9fea9fe/",
    "https://169.254.169.254/latest",
    "https://①②⑦.⓪.⓪.①/",
    "https://10.0.0.1:8443/",
    "https://user:password@shop.example/",
    "https://user@shop.example/",
    "http://shop.example/",
    "ftp://shop.example/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "shop.example/hooks",
    "",
    "//shop.example"
  ])("%s is refused", (url) => {
    expect(problem(url)).toBeTypeOf("string")
  })

  it("an ordinary https address is accepted, and http to this machine where that is allowed", () => {
    expect(problem("https://shop.example/hooks")).toBeUndefined()
    expect(problem("http://127.0.0.1:8080/hooks", true)).toBeUndefined()
    expect(problem("http://localhost:8080/hooks", true)).toBeUndefined()
    expect(problem("http://10.0.0.1/hooks", true)).toBeTypeOf("string")
    expect(problem("https://10.0.0.1/hooks", true)).toBeTypeOf("string")
  })

  it("a name that leads to this machine is refused when it is looked up", async () => {
    const target = { url: "https://localhost:9/hooks", allowLoopback: false }
    const answer = await postWebhook(target, { headers: {}, body: "{}" }, new AbortController().signal)
    expect(answer).toEqual({ fault: "address-refused" })
  })
})

/**
 * Whether a text is one address of the internet, version 4 or 6, without a zone or a port.
 */
const version4 = /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/
const group = /^[0-9a-f]{1,4}$/i

// The last two groups may be written as an address of version 4.
const groupCount = (text: string): number => {
  if (text === "") return 0
  const parts = text.split(":")
  const last = parts.at(-1)!
  const isMixed = last.includes(".") && version4.test(last)
  return parts.every((part, index) => group.test(part) || (isMixed && index === parts.length - 1))
    ? parts.length + (isMixed ? 1 : 0)
    : Number.NaN
}

/** The longest, with an address of version 4 at its end, has 45 characters. */
const lengthMax = 45

export const isIpAddress = (text: string): boolean => {
  if (text.length > lengthMax) return false
  if (version4.test(text)) return true
  const halves = text.split("::")
  if (halves.length === 1) return groupCount(text) === 8
  const [head = "", tail = ""] = halves
  return halves.length === 2 && !head.includes(".") && groupCount(head) + groupCount(tail) <= 7
}

/** Keys and ids in the shape of the real ones. */
import type { SeededRandom } from "../SeededRandom.ts"

const digits = (random: SeededRandom, count: number): string =>
  Array.from({ length: count }, () => random.below(10)).join("")

/** 32 capitals and digits. */
export const orderKey = (random: SeededRandom): string =>
  Array.from({ length: 32 }, () => random.below(16).toString(16).toUpperCase()).join("")

/** Ten digits of which the last is a check digit. */
export const paymentId = (random: SeededRandom): string => {
  const body = `49${digits(random, 7)}`
  return `${body}${checkDigit(body)}`
}

/** The digit that makes the number pass the Luhn test. */
const checkDigit = (body: string): number => {
  const sum = body.split("").toReversed().reduce((total, sign, index) => {
    const doubled = Number(sign) * (index % 2 === 0 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return (10 - sum % 10) % 10
}

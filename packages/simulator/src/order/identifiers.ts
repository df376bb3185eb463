/** Keys and ids in the shape of the real ones. */
import type { SeededRandom } from "../SeededRandom.ts"

const digits = (random: SeededRandom, count: number): string =>
  Array.from({ length: count }, () => random.below(10)).join("")

/** 32 capitals and digits. */
export const orderKey = (random: SeededRandom): string =>
  Array.from({ length: 32 }, () => random.below(16).toString(16).toUpperCase()).join("")

// Other merchants' payments come in between.
const numbersBetweenMax = 90

/** Ten digits of which the last is a check digit, greater than those of the payment before. */
export const paymentId = (random: SeededRandom, before: string | undefined): string => {
  const drawn = Number(digits(random, 7))
  const body = before === undefined
    ? 490_000_000 + drawn % 1_000_000
    : Number(before.slice(0, -1)) + 1 + drawn % numbersBetweenMax
  return `${body}${checkDigit(String(body))}`
}

/** An account number whose check digits are right (ISO 7064, modulo 97). */
export const iban = (country: string, account: string): string => {
  const digitsOf = (text: string): string => text.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  const check = 98n - BigInt(digitsOf(`${account}${country}00`)) % 97n
  return `${country}${String(check).padStart(2, "0")}${account}`
}

/** The digit that makes the number pass the Luhn test. */
const checkDigit = (body: string): number => {
  const sum = body.split("").toReversed().reduce((total, sign, index) => {
    const doubled = Number(sign) * (index % 2 === 0 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return (10 - sum % 10) % 10
}

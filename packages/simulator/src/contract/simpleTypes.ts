/** The named text types of the contract. Source: facts of the 1.3 schema; the wording is ours. */
import { named, primitive } from "./SimpleType.ts"

const bounded = (lengthMax: number) => named(`string${lengthMax}`, "normalizedString", { lengthMin: 1, lengthMax })

export const text = primitive("string")
export const int = primitive("int")
export const boolean = primitive("boolean")
export const date = primitive("date")
export const dateTime = primitive("dateTime")
export const nameToken = primitive("NMTOKEN")

export const string35 = bounded(35)
export const string50 = bounded(50)
export const string100 = bounded(100)
export const string250 = bounded(250)
export const string255 = bounded(255)
export const string512 = bounded(512)
export const string2048 = bounded(2048)

export const countryCode = named("countryCode", "string", { pattern: "[A-Z][A-Z]" })
export const languageCode = named("languageCode", "string", { pattern: "[a-z][a-z]" })
export const currency = named("currency", "string", { pattern: "[A-Z][A-Z][A-Z]" })
export const vatRate = named("vatRate", "decimal", { valueMin: 0 })
export const plainDate = named("plainDate", "normalizedString", {
  lengthMin: 10,
  lengthMax: 10,
  pattern: "(18|19|20|21)\\d{2}-(0[1-9]|1[012])-(0[1-9]|[12]\\d|3[01])"
})
export const plainDateTime = named("plainDateTime", "normalizedString", { lengthMin: 19, lengthMax: 19 })
export const emailAddress = named("emailAddress", "normalizedString", {
  lengthMin: 1,
  lengthMax: 100,
  pattern: "[^\\s'\"]+@[^\\s'\".@]+(\\.[^\\s'\".@]+)*"
})
export const phoneNumber = named("phoneNumber", "normalizedString", { lengthMin: 1, lengthMax: 50 })
export const gender = named("gender", "string", { values: ["M", "F", "U"] })
export const paymentOrderKey = named("paymentOrderKey", "normalizedString", {
  lengthMin: 32,
  lengthMax: 32,
  pattern: "[A-Z,0-9]{32}"
})
export const paymentId = named("paymentId", "positiveInteger", {})
export const bic = named("bic", "NMTOKEN", { lengthMin: 8, lengthMax: 11 })
export const iban = named("iban", "NMTOKEN", { lengthMin: 15, lengthMax: 34 })
export const primaryAccountNumber = named("primaryAccountNumber", "NMTOKEN", { pattern: "[0-9]{13,19}" })
export const securityCode = named("securityCode", "NMTOKEN", { pattern: "[0-9]{3,4}" })
export const securityToken = named("securityToken", "NMTOKEN", { lengthMin: 1, lengthMax: 128 })
export const identifier = named("uuid-type4", "token", {
  pattern: "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89aAbB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}"
})
export const httpMethod = named("httpMethod", "string", { pattern: "GET|POST|PUT|DELETE|HEAD|TRACE|OPTIONS" })
export const feeMoment = named("feeMoment", "string", { values: ["IMMEDIATE", "FULLY_PAID"] })
export const unitOfMeasure = named("unitOfMeasure", "string", { values: ["PCS", "SEC", "BYT", "KB"] })
export const successCode = named("successCode", "NMTOKEN", { values: ["SUCCESS"] })
export const errorCode = named("errorCode", "NMTOKEN", {})
export const authorizationStatus = named("authorizationStatus", "NMTOKEN", {})
export const cancelResult = named("cancelResult", "NMTOKEN", {})
export const safetyReason = named("reason", "NMTOKEN", {})
export const issuerId = named("iDealIssuerId", "NMTOKEN", {})

/**
 * The credentials at the head of every request.
 */
import type { Merchant, Operation, SubjectMerchant } from "@docdata/application"
import type { RequestWriter } from "./RequestWriter.ts"
import { oneOf, prose, securityToken, text } from "./Rule.ts"

// Not on the wire, but it decides where the wire leads.
const environment = oneOf({ test: "test", live: "live" })
const moment = oneOf({ immediate: "IMMEDIATE", "fully-paid": "FULLY_PAID" })
const onlyCreate = { limit: "create-only", message: "a fee belongs to the creation of an order" }

const writeSubjectMerchant = (writer: RequestWriter, subject: SubjectMerchant, operation: Operation): void => {
  const attributes = {
    name: writer.checked("name", subject.name, text(50)),
    token: writer.checked("token", subject.token, securityToken)
  }
  const { fee } = subject
  if (fee === undefined) {
    writer.element("subjectMerchant", attributes)
    return
  }
  if (operation !== "create") writer.refuse("fee", onlyCreate, "fee")
  writer.element(
    "subjectMerchant",
    attributes,
    () =>
      writer.object(
        "fee",
        fee,
        () =>
          writer.element("fee", { moment: writer.checked("moment", fee.moment, moment) }, () => {
            writer.money("amount", "amount", fee.amount)
            writer.leaves(fee, [{ tag: "description", field: "description", rule: prose(255), needed: false }])
          })
      )
  )
}

/** Source: Docdata XSD 1.3, `merchant`. */
export const writeMerchant = (writer: RequestWriter, merchant: Merchant, operation: Operation): void =>
  writer.object("merchant", merchant, () => {
    writer.checked("environment", merchant.environment, environment)
    const attributes = {
      name: writer.checked("merchantName", merchant.merchantName, text(50)),
      password: writer.checked("password", merchant.password, text(35))
    }
    const subject = merchant.subjectMerchant
    writer.element(
      "merchant",
      attributes,
      subject &&
        (() => writer.object("subjectMerchant", subject, () => writeSubjectMerchant(writer, subject, operation)))
    )
  })

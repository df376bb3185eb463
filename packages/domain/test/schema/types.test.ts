/**
 * Each schema decodes to exactly the type of the same name, and encodes from it.
 */
import type * as Schema from "effect/Schema"
import { describe, expectTypeOf, it } from "vitest"
import type * as Domain from "../../src/index.ts"
import type * as Schemas from "../../src/schema/index.ts"

describe("type and schema are equal", () => {
  it("for what a report says", () => {
    expectTypeOf<typeof Schemas.Money.Type>().toEqualTypeOf<Domain.Money>()
    expectTypeOf<typeof Schemas.ApproximateTotals.Type>().toEqualTypeOf<Domain.ApproximateTotals>()
    expectTypeOf<typeof Schemas.Capture.Type>().toEqualTypeOf<Domain.Capture>()
    expectTypeOf<typeof Schemas.Refund.Type>().toEqualTypeOf<Domain.Refund>()
    expectTypeOf<typeof Schemas.Chargeback.Type>().toEqualTypeOf<Domain.Chargeback>()
    expectTypeOf<typeof Schemas.Reversal.Type>().toEqualTypeOf<Domain.Reversal>()
    expectTypeOf<typeof Schemas.Authorization.Type>().toEqualTypeOf<Domain.Authorization>()
    expectTypeOf<typeof Schemas.PaymentLine.Type>().toEqualTypeOf<Domain.PaymentLine>()
    expectTypeOf<typeof Schemas.ConsideredSafe.Type>().toEqualTypeOf<Domain.ConsideredSafe>()
    expectTypeOf<typeof Schemas.ApiInformation.Type>().toEqualTypeOf<Domain.ApiInformation>()
    expectTypeOf<typeof Schemas.StatusReport.Type>().toEqualTypeOf<Domain.StatusReport>()
  })

  it("for what is stored and asked", () => {
    expectTypeOf<typeof Schemas.OrderStatus.Type>().toEqualTypeOf<Domain.OrderStatus>()
    expectTypeOf<typeof Schemas.Fulfilment.Type>().toEqualTypeOf<Domain.Fulfilment>()
    expectTypeOf<typeof Schemas.Hold.Type>().toEqualTypeOf<Domain.Hold>()
    expectTypeOf<typeof Schemas.ReportedTotals.Type>().toEqualTypeOf<Domain.ReportedTotals>()
    expectTypeOf<typeof Schemas.Order.Type>().toEqualTypeOf<Domain.Order>()
    expectTypeOf<typeof Schemas.PaymentRow.Type>().toEqualTypeOf<Domain.PaymentRow>()
    expectTypeOf<typeof Schemas.Intent.Type>().toEqualTypeOf<Domain.Intent>()
    expectTypeOf<typeof Schemas.CoverPolicy.Type>().toEqualTypeOf<Domain.CoverPolicy>()
    expectTypeOf<typeof Schemas.Policy.Type>().toEqualTypeOf<Domain.Policy>()
  })

  it("for what is answered", () => {
    expectTypeOf<typeof Schemas.RuleId.Type>().toEqualTypeOf<Domain.RuleId>()
    expectTypeOf<typeof Schemas.Figures.Type>().toEqualTypeOf<Domain.Figures.Figures>()
    expectTypeOf<typeof Schemas.Comparison.Type>().toEqualTypeOf<Domain.Figures.Comparison>()
    expectTypeOf<typeof Schemas.Decision.Type>().toEqualTypeOf<Domain.Decision>()
    expectTypeOf<typeof Schemas.ReportViolation.Type>().toEqualTypeOf<Domain.ReportViolation>()
    expectTypeOf<typeof Schemas.Finding.Type>().toEqualTypeOf<Domain.Finding>()
    expectTypeOf<typeof Schemas.OrderEvent.Type>().toEqualTypeOf<Domain.OrderEvent>()
    expectTypeOf<typeof Schemas.Outcome.Type>().toEqualTypeOf<Domain.Outcome>()
  })

  it("on the encoded side as well: nothing is transformed", () => {
    expectTypeOf<Schema.Codec.Encoded<typeof Schemas.StatusReport>>().toEqualTypeOf<Domain.StatusReport>()
    expectTypeOf<Schema.Codec.Encoded<typeof Schemas.Outcome>>().toEqualTypeOf<Domain.Outcome>()
  })
})

/**
 * The money of an order as bars of plain characters, all on one scale.
 */
import { Amount, type Decision } from "@docdata/domain"

const barWidth = 32

const mark = (minor: number, scaleMinor: number, sign: string): string => {
  if (minor === 0 || scaleMinor === 0) return ""
  // Whatever is not zero shows, be it ever so small.
  return sign.repeat(Math.max(1, Math.round(Math.abs(minor) / scaleMinor * barWidth)))
}

/** One line per figure: name, amount in major units, bar. Money that is there is `#`, money that left or lacks is `-`. */
export const moneyBar = ({ figures }: Decision): ReadonlyArray<string> => {
  const rows: ReadonlyArray<readonly [name: string, minor: number, sign: string]> = [
    ["registered", figures.registered, "="],
    ["pending", figures.shopperPending + figures.acquirerPending, "#"],
    ["approved", figures.acquirerApproved, "#"],
    ["captured", figures.captured, "#"],
    ["refunded", figures.refunded, "-"],
    ["charged back", figures.chargedBack, "-"],
    ["reversed", figures.reversed, "-"],
    ["net", figures.net, figures.net < 0 ? "-" : "#"]
  ]
  const scaleMinor = Math.max(...rows.map(([, minor]) => Math.abs(minor)))
  const amounts = rows.map(([, minor]) => Amount.toMajor({ minor, currency: figures.currency }))
  const amountWidth = Math.max(...amounts.map(({ length }) => length))
  return [
    `Money in ${figures.currency}`,
    ...rows.map(([name, minor, sign], index) =>
      `  ${name.padEnd(12)}  ${amounts[index]!.padStart(amountWidth)}  ${mark(minor, scaleMinor, sign)}`.trimEnd()
    )
  ]
}

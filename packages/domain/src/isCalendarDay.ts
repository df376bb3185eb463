/**
 * A day of the calendar as `yyyy-MM-dd`.
 */
const dayText = /^(\d{4})-(\d{2})-(\d{2})$/

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

/** Whether the text is a day that exists: 30 February never does, and there is no year 0. */
export const isCalendarDay = (text: string): boolean => {
  const [, year = "", month = "", day = ""] = dayText.exec(text) ?? []
  const monthDays = [31, isLeap(Number(year)) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return Number(year) >= 1 && Number(day) >= 1 && Number(day) <= (monthDays[Number(month) - 1] ?? 0)
}

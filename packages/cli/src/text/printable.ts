import { displayText } from "@docdata/soap"

/** Longest piece of foreign text in a message or a table: file names, words of a report, what was typed. */
const lengthMax = 200

/** Text from outside as it may be shown: on one line, bounded, without characters that steer a terminal. */
export const printable = (text: string): string => displayText(text, lengthMax)

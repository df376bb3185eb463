/**
 * What somebody may have meant by a name that does not exist, at the end of a message.
 */
import { nearestWord } from "./nearestWord.ts"

/** `; is NAME meant?`, or nothing. */
export const meantHint = (typed: string, names: Iterable<string>): string => {
  const meant = nearestWord(typed, [...names])
  return meant === undefined ? "" : `; is ${meant} meant?`
}

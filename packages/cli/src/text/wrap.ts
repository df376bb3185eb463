/**
 * Breaks a sentence into lines of at most `width` characters, at blanks; a longer word keeps its line to itself.
 */
export const wrap = (text: string, width: number): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let line = ""
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else {
      line = line === "" ? word : `${line} ${word}`
    }
  }
  return [...lines, line]
}

/** A label in a column of its own, and wrapped text beside it. */
export const beside = (label: string, text: string, width: number): ReadonlyArray<string> =>
  wrap(text, Math.max(20, width - label.length)).map((line, index) =>
    `${index === 0 ? label : " ".repeat(label.length)}${line}`
  )

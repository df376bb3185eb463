/**
 * Text that messages are made of: what was typed or read as it may be shown, and what was meant by it.
 */
export { meantHint } from "./meantHint.ts"
export { nearestWord } from "./nearestWord.ts"
export { printable } from "./printable.ts"

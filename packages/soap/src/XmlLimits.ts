/**
 * How much of an XML document is read before it is refused.
 *
 * A reply comes from outside, so every quantity that costs time or memory has an upper bound. All bounds but
 * `bytesMax` are kept by the reader while it reads: a hostile document costs one partial pass over its text.
 */

/** Upper bounds, each inclusive. Give only the ones that differ from {@link defaultXmlLimits}. */
export interface XmlLimits {
  /** Bytes of the whole document. */
  readonly bytesMax: number
  /** Open elements at one time, the root included. More than 64 is read as 64, which bounds the recursion of what follows the reader. */
  readonly depthMax: number
  /** Elements in the whole document. */
  readonly elementsMax: number
  /** Attributes of one element, namespace declarations included. */
  readonly attributesPerElementMax: number
  /** Attributes in the whole document. */
  readonly attributesMax: number
  /** Characters of one text or attribute value, references and section marks counted as written. */
  readonly textLengthMax: number
}

/**
 * Made for the largest status report anybody has to read: one of 2,000 payments, each with a capture, a refund, a
 * chargeback and a reversal that have everything the schema knows. Indented as Docdata does, that is 3.3 MB with
 * 60,000 elements and 10,000 attributes; with a single capture per payment it is 1.9 MB.
 */
export const defaultXmlLimits: XmlLimits = {
  // The report above, with room for longer reasons.
  bytesMax: 4 * 1024 * 1024,
  // Envelope, body, response and the deepest path of the schema (a value on a point of sale receipt) make 11.
  depthMax: 16,
  // 30 for each of 2,000 payments, and a few for each that newer servers may add to most of them.
  elementsMax: 65_000,
  // The schema knows 4 at most; the rest is for namespace declarations and additions.
  attributesPerElementMax: 16,
  // 5 amounts for each of 2,000 payments, and as many again for risk scores and additions.
  attributesMax: 20_000,
  // Longest in the schema: 2,048 (URLs). Payer authentication requests have no limit and reach several thousand.
  textLengthMax: 16_384
}

const depthCeiling = 64

/** Fills in the defaults. */
export const withDefaults = (limits: Partial<XmlLimits> | undefined): XmlLimits => {
  if (limits === undefined) return defaultXmlLimits
  const filled = { ...defaultXmlLimits, ...limits }
  return { ...filled, depthMax: Math.min(filled.depthMax, depthCeiling) }
}

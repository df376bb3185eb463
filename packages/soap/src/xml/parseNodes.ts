/**
 * fast-xml-parser, set up to do nothing but cut text into a tree.
 *
 * Its defaults turn `0012` into 12, drop white space, decode some references and not others, and change from
 * release to release, so every option is set. With these it keeps all text as written, keeps order, decodes
 * nothing and looks nothing up by name; meaning is added by {@link ./readTree.ts}. It only ever sees text that the
 * guard has passed.
 */
import { type X2jOptions, XMLParser } from "fast-xml-parser"

/** The key under which the parser puts text, and the one for CDATA sections, which have no references in them. */
export const textKey = "#text"
export const sectionKey = "#section"
/** The key of the attributes of an element, and what stands before each name in it. */
export const attributesKey = ":@"
export const attributePrefix = "@"

// The parser throws on these three element names, as it must not set them on an object. An element of that name is
// just another one that nobody here asks for, so it gets a name that no element can have.
const unsettable: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"])

// Never asked, since entities are off; given so that the parser does not build its own for every document.
const noEntities = {
  setExternalEntities: () => {},
  addInputEntities: () => {},
  reset: () => {},
  setXmlVersion: () => {},
  decode: (text: string) => text
}

const options: Required<X2jOptions> = {
  preserveOrder: true,
  attributeNamePrefix: attributePrefix,
  attributesGroupName: false,
  textNodeName: textKey,
  cdataPropName: sectionKey,
  commentPropName: false,
  ignoreAttributes: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  removeNSPrefix: false,
  allowBooleanAttributes: false,
  alwaysCreateTextNode: false,
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  numberParseOptions: { hex: false, leadingZeros: false, eNotation: false, unicode: false },
  processEntities: {
    enabled: false,
    maxEntitySize: 1,
    maxExpansionDepth: 1,
    maxTotalExpansions: 1,
    maxExpandedLength: 1,
    maxEntityCount: 1,
    allowedTags: null,
    tagFilter: null
  },
  htmlEntities: false,
  entityDecoder: noEntities,
  // Nothing returned means "as it is"; the value returned would be trimmed and compared once more.
  tagValueProcessor: () => undefined,
  attributeValueProcessor: () => undefined,
  transformTagName: (name) => unsettable.has(name) ? `!${name}` : name,
  transformAttributeName: false,
  updateTag: (name) => name,
  isArray: () => false,
  stopNodes: [],
  unpairedTags: [],
  captureMetaData: false,
  // The guard's limit is lower; this one only has to be out of its way.
  maxNestedTags: 100,
  strictReservedNames: true,
  jPath: false,
  onDangerousProperty: (name) => name
}

const parser = new XMLParser(options)

/** The parser's ordered nodes, or `undefined` if it refuses what the guard has passed. */
export const parseNodes = (text: string): ReadonlyArray<object> | undefined => {
  try {
    return parser.parse(text)
  } catch {
    // Its messages quote the document, so nothing of them is kept.
    return undefined
  }
}

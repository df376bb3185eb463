/** The version of this package; a test keeps it equal to package.json, which a bundle does not contain. */
export const version = "0.1.0"

/** What the image may weigh, uncompressed. */
export const IMAGE_BYTES_MAX = 250_000_000
